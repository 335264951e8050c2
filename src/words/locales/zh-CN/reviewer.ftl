### 审稿人页面的用词，以及写给审稿人、合作者的信中一次性链接的用词。

optional = 选填
done-accepted = 感谢您接受审稿。盲审稿和审稿意见书都在这里，随写随存。
done-accepted-by-link = 感谢您接受审稿。您已在这个浏览器上登录，盲审稿在“我的审稿”里。请在这里设置密码，以后就能在别处登录。
done-refused = 感谢您的答复。编辑部会另请他人。
done-review-sent = 谢谢。您的审稿意见书已送到编辑手中。在编辑部作出决定之前，您可以修改。

## My reviews
reviews-title = 我的审稿
reviews-present = 等您办理
reviews-what = 稿件
reviews-asked = 请您做什么
reviews-clock = 期限
reviews-act = 下一步
reviews-no-clock = 没有期限
reviews-you-are = 您是审稿人{ $chinese }
reviews-round = 第 { $round } 轮
reviews-empty = 现在没有等您办理的稿件
reviews-empty-why = 编辑部邀请您审稿时，稿件会出现在这里，写明题目、请您做什么、何时截止；同时也会写信告诉您。
reviews-empty-act = 怎样审稿
reviews-past = 以往
asked-answer = 请答复邀请
asked-review = 请审阅并提交审稿意见书
asked-done = 审稿意见书已提交，编辑部作出决定之前可以修改
act-answer = 答复邀请
act-review = 开始审稿
act-done = 查看意见书
past-reviewed = 已审
past-closed = 在您提交之前已结束
past-declined = 您已谢绝
past-expired = 邀请已过期
past-cancelled = 已不需要审阅
then-invitation = 之后邀请失效，编辑部另请他人
then-review = 之后另有 { $days } 天宽限
then-review-grace = 之后编辑部致谢并另请他人

## The invitation
invitation-title = 审稿邀请
invitation-lede = 《{ $journal }》编辑部请您审阅这篇稿件。接受之后，您有 { $days } 天时间。无论能否审阅，都请答复；尽早谢绝，也是帮忙。
invitation-wrong = 还差一项
invitation-tick = 接受邀请，请先声明没有利益冲突
invitation-how = 您可以在网页上阅读盲审稿，也可以下载；旁边是一份审稿意见书：给编辑部的总体评语、五项评分、给作者的逐条修改意见，以及三类基本评价。随写随存。自接受之日起，您有 { $days } 天时间。
facts-type = 文章类型
facts-trial = 试验注册
facts-time = 审稿时间
facts-time-days = 自接受之日起 { $days } 天；再过 { $grace } 天仍未收到，编辑部另请他人
blind-title = 双向匿名怎样做到
blind-you = 您不会被告知作者是谁。姓名、单位、编号都已从文字和文件中去掉。请不要设法查明。
blind-they = 作者也不会知道您是谁。转给作者的，只有编辑选用的修改意见，署以随机抽取、只用于这一篇稿件的代号；评价、评分和其他的话都不会转给作者。
blind-keep = 不论接受与否，题目、摘要和稿件都请保密。
accept-title = 我接受
accept-conflict = 利益冲突
accept-conflict-hint = 例如：与可能的作者同单位、合作发表过文章，与这项研究有竞争，会因它得利或受损，或者您认为自己知道这是谁的稿件。
accept-no-conflict = 就我所知，我与这项研究没有利益冲突
accept-button = 接受邀请
refuse-title = 我谢绝
refuse-why = 谢绝没有关系，作者也不会知道。
refuse-conflict = 因为有利益冲突
refuse-conflict-hint = 选了这一项，这篇稿件不会再来麻烦您，您也不会再看到它。
refuse-reason = 原因
refuse-suggestion = 您看可以请谁？
refuse-suggestion-hint = 写姓名和单位或者邮箱；只有编辑能看到。
refuse-button = 谢绝邀请

## The reading desk
desk-title = 审稿 { $number }
desk-files = 盲审稿
desk-earlier = 第 { $round } 轮的文件
desk-download = 下载（{ $format }，{ $size }）
desk-no-files = 盲审稿还没有准备好
desk-no-files-why = 这里只放去掉了作者身份的文件。请过一会儿再看；如果一直没有，请写信给编辑部。
desk-abstract = 摘要与关键词
desk-form = 审稿意见书
desk-late = 这次审稿的时间已过，编辑部可能已另请他人。在作出决定之前，您提交的意见仍会送到编辑手中。
desk-sent-on = 您已于 { $day } 提交这份意见书。编辑部作出决定之前可以修改。
desk-amend = 修改意见书
desk-amending = 您正在修改已经提交的意见书。编辑部会同时保留原来的一份；按下最后的按钮之前，什么也不会改变。
desk-closed = 现在不能填写。编辑部正在作决定，或者这一轮已经结束。需要您再审时，会写信给您。
desk-round = 第 { $round } 轮
desk-points = 转给作者的、您的修改意见
desk-your-point = 您的意见
desk-answer = 作者的答复
desk-rebuttal = 作者的答辩书（修改说明）
desk-others = 作者收到的其他意见
desk-own-review = 您的审稿意见书
desk-version = 早先的一份，{ $day } 被替换
desk-saved = 已保存。
desk-not-saved = 没有保存成功。请检查网络，我们会再试。
outcome-ask-revision = 退修
outcome-accept = 录用
outcome-decline = 退稿

## How to review
how-title = 怎样审稿
how-work = 请评价研究本身，不问是谁做的：问题值不值得问，方法能不能回答，结果撑不撑得住结论。
how-one = 意见逐条写，一条说一件事：在哪里，为什么要紧，怎样改。好的地方也请写出来。
how-blind = 修改意见里不要写出能看出您是谁的话：不写姓名、单位，也不写“我们曾经证明”。
how-who = 修改意见由编辑选用后转给作者；评语、评分、评价和只给编辑部看的话，都留在编辑部。
how-secret = 稿件请保密，不要转给他人，也不要交给会留存内容的网络服务。
how-more = 完整的审稿指南

## The form
review-verdict = 基本评价
review-verdict-yours = 您的基本评价
review-scores = 评分
review-scores-hint = 1 差，5 好
review-assessment = 总体评语（供编辑部参考）
review-assessment-hint = 稿件做了什么、做得怎样、您的评价取决于什么。作者看不到。
review-suggestions = 给作者的修改意见
review-suggestions-hint = 一格写一件事。评价为“修改后可以采用”的必须填写。
review-suggestion = 第 { $number } 条
review-add = 保存并再加一条
review-confidential = 只给编辑部看的话
review-confidential-hint = 例如对伦理、数据真实性、一稿多投的疑虑。
review-send = 提交审稿意见书
review-amend = 提交修改后的意见书
review-leave = 不改了，保留已提交的
review-not-amended = 修改后的意见书还没有填完，原先提交的一份仍然有效。表上写着缺什么。
criterion-originality = 创新性
criterion-significance = 意义
criterion-method = 方法
criterion-evidence = 论据
criterion-presentation = 表达
lack-verdict = 请选择基本评价
lack-assessment = 请写总体评语
lack-scores = 五项评分都请给出
lack-suggestions = 评价为“修改后可以采用”，至少要写一条修改意见

## One-time links
link-gone = 这个链接已经失效
link-gone-why = 它已经用过、过了期，或者不完整。要看您接受过或提交过的内容，请用收信的邮箱登录。
link-accepted = 您已经接受了这个邀请
link-accepted-why = 谢谢。请用收信的邮箱登录，稿件在“我的审稿”里。
link-refused = 感谢您的答复
link-refused-why = 编辑部会另请他人，您不必再做什么。题目和摘要请保密。
link-confirmed = 谢谢，您的作者身份已确认
link-confirmed-why = 用收信的邮箱登录，可以看到稿件的进展。
link-denied = 感谢您告诉我们
link-denied-why = 您的答复已记录在案，编辑部会先把署名问题弄清楚。您不必再做什么。
link-on = 继续
link-sign-in = 登录

## A co-author's answer
coauthor-title = 您是这篇稿件的作者吗？
coauthor-role = 署名身份
coauthor-corresponding = 通信作者
coauthor-coauthor = 合作者
coauthor-why = 《{ $journal }》编辑部收到一篇稿件，您列名为作者之一。全部署名者确认之前，稿件不能录用。只看这一页不会有任何改变，按下按钮才算答复。
coauthor-yes-title = 是的
coauthor-yes-means = 您参与了这项研究，认可所投的稿件，同意投给本刊。确认之后，您可以看到稿件的进展。
coauthor-yes = 确认我是作者
coauthor-no-title = 不是
coauthor-no-means = 编辑部会知道，并与投稿人弄清楚。
coauthor-note = 想告诉编辑部的话
coauthor-no = 我不是作者
