### 每个页面都用的词。

skip = 跳到正文
nav-main = 主导航
nav-articles = 已发表文章
nav-author = 我的稿件
nav-reviews = 我的审稿
nav-office = 编辑部
nav-people = 人员
nav-account = 我的账户
joint-first = 共同第一作者
nav-sign-in = 登录
nav-sign-out = 退出登录
footer-blind = 双向匿名评审：审稿人不知道作者是谁，作者也不知道审稿人是谁。

footer-authors = 作者指南
footer-reviewers = 审稿指南
footer-stages = 各阶段说明
footer-privacy = 隐私

## Errors
error-home = 回到首页
error-not-found = 这里没有可看的内容
error-not-found-why = 网址可能输错了，或者这一页不是给您看的。如果您是从来信中点开的，请用收信的邮箱登录。
error-foreign = 这个请求不是从本站页面发出的
error-foreign-why = 为了您的安全，这次操作没有执行。请回到本站的页面再试一次。
error-bad-form = 表单无法读取
error-bad-form-why = 这次操作没有执行。请返回并刷新页面后重新提交；如果附了文件，可能是文件太大。
error-too-many = 尝试的次数太多
error-too-many-why = 请等一刻钟再试，也可以用邮件里的链接登录，或在您以前登录过的设备上登录。
error-refused = 现在不能这样做
error-broken = 程序出了问题
error-broken-why = 不是您的错，之前保存的内容都还在。请过几分钟再试；如再次出现，请回复编辑部的任何一封来信，说明您当时在做什么。

## What an action refused
problem-not-here = 稿件目前所处的阶段不能这样做。页面上写着它现在在哪一步。
problem-stale = 页面打开期间稿件有了新的变化，您的操作没有执行。请先看看新的情况，再作决定。
problem-pending = 已有一个决定在等待寄出。请先撤回它，或等它寄出。
problem-gone = 信已经寄出，不能再撤回了。
problem-not-yours = 按本刊规则，这件事须由他人签发：录用由主编签发，申诉由没有参与原决定的编辑审理。请写信告知，或在“稿件”页的“移交责任编辑”处移交。
problem-needs-message = 请给作者写明理由。
problem-needs-items = 请写明缺什么，至少一项。
problem-needs-points = 退修至少要有一条编号的修改意见。
problem-needs-reviews = 审稿意见还不够本刊要求的份数。请再等一等，或写明为什么较少也够了。
problem-needs-handling = 这篇稿件还没有责任编辑。请先点“由我负责”，或交给一位编辑。
problem-trial = 临床试验的规定尚未满足，不能录用。稿件页面上写着缺什么。
problem-missing = 还缺一些内容。下面的清单写着缺什么、在哪里。
problem-review = 审稿意见书还没有填完；您写的内容已保存。表上写着缺什么。
problem-answers = 还有意见没有答复；您写的内容已保存。
problem-no-manuscript = 还没有稿件文件，请先上传。
problem-waiting = 盲审稿还在制作，请稍候再试。
problem-not-blind = 有一个文件无法制成盲审稿。请换一个更好的文件；文件旁写着原因。
problem-findings = 文件中还有等您决定的地方。请打开各文件的盲审稿，逐处选择。
problem-conflicts = 可能有利益冲突。
problem-already-asked = 这位审稿人已经被邀请过，或者已请满八位。请另选一位，或等候已邀请的审稿人。
problem-reason = 请写明理由。
problem-address = 这不是一个电子邮箱地址。
problem-cannot-handle = 这位同事与稿件有关，或不是编辑，不能处理这篇稿件。请另选一位编辑。
problem-proof = 作者还没有确认校样，可以提出异议的时间也还没有过。
problem-chief-only = 只有主编可以这样做。请告知主编。
problem-too-late = 已经作出决定，来不及了。
problem-no-file = 没有选择文件。请选择文件再上传。
problem-broken-off = 上传中断，文件没有收全，没有保存。请重新选择文件再传一次。
problem-empty-file = 文件是空的。请看看是否选对了文件，再传一次。
problem-names-whom = “{ $named }”会让作者知道审稿人是谁，请删去后再继续。
problem-names-somebody = 文字里仍有读者不该知道的作者或审稿人。请通读您写的全部文字和选用的意见，删去姓名、邮箱或单位后再提交。

## Stages
stage-draft = 草稿
stage-screening = 初审
stage-returned = 退回补正
stage-in-review = 外审
stage-revising = 退修
stage-re-review = 修后复审
stage-accepted = 录用
stage-published = 已发表
stage-corrected = 已发表（有更正）
stage-concern = 已发表（有关注声明）
stage-retracted = 已撤稿
stage-declined = 退稿
stage-released = 逾期未通知，可另投
stage-lapsed = 逾期未修回，视为自动放弃
stage-withdrawn = 已撤回投稿

## Clocks
window-screening = 初审
window-completion = 补正
window-find-reviewers = 聘请审稿人
window-invitation = 答复邀请
window-review = 审稿
window-review-grace = 审稿（已逾期）
window-decision = 决定
window-revision = 修改
window-re-review = 修后复审
window-appeal = 申诉
window-reaffirmation = 是否仍投本刊
window-proof = 校样
clock-left = { $days ->
    [0] 最后一天
   *[other] 还有 { $days } 天
 }
clock-over = 已过 { $days } 天
clock-until = { $day } 24:00 截止（本刊所在地时间）

## Verdicts
verdict-acceptable = 基本可以采用
verdict-after-revision = 修改后可以采用
verdict-unsuitable = 不宜采用

## Reviewers' labels
reviewer-label = 审稿人{ $chinese }
label-office = 编辑部

## Article types and sections
type-original = 论著
type-review = 综述
type-case-report = 病例报告
type-brief = 短篇报道
section-clinical = 临床研究
section-basic = 基础研究
section-public-health = 公共卫生
section-humanities = 医学人文

## Trials
trial-none = 不是临床试验
trial-prospective = 入组前注册：是
trial-retrospective = 入组前注册：否
trial-undetermined = 入组前注册：由编辑部核实

## Files
file-manuscript = 稿件
file-figure = 图
file-supplement = 补充材料
file-office = 编务文件
file-attachment = 附件

## Roles
role-reviewer = 审稿人
role-assistant = 编务
role-editor = 责任编辑
role-editor-in-chief = 主编
role-administrator = 系统管理员
problem-file-too-large = 文件太大，最大 { $mb } MB。
problem-review-elsewhere = 本页打开之后，这份意见书在另一个窗口里改动过。表中是您在这里写的内容，表的上方是另一个窗口里保存的内容。现在提交或保存，将以这里的内容取代那边的内容。
clock-was = 应于{ $day }完成
