### 审稿人页面的用词，以及写给审稿人、合作者的信中一次性链接的用词。

own-optional = 选填
done-invitation-accepted = 感谢您接受审稿。盲审稿和审稿意见书都在这里，随写随存。
done-accepted-by-link = 感谢您接受审稿。您已在这个浏览器上登录，盲审稿在“我的审稿”里。请在这里设置密码，以后就能在别处登录；也可以点“以后再说”，直接去审稿。
done-invitation-refused = 感谢您的答复。编辑部会另请他人。
done-own-review-sent = 谢谢。您的审稿意见书已送到编辑手中。在编辑部作出决定之前，您可以修改。

## My reviews
own-reviews-title = 我的审稿
own-reviews-present = 等您办理
own-reviews-what = 稿件
own-reviews-asked = 请您做什么
own-reviews-clock = 期限
own-reviews-act = 下一步
own-reviews-until = { $window } · { $day } 24:00 截止
own-reviews-no-clock = 没有期限，编辑部作出决定之前均可提交
own-reviews-you-are = 您是审稿人{ $chinese }
own-reviews-round = 第 { $round } 轮
own-reviews-empty = 现在没有等您办理的稿件
own-reviews-empty-why = 编辑部邀请您审稿时，稿件会出现在这里，写明题名、请您做什么、何时截止；同时也会写信告诉您。
own-reviews-empty-act = 怎样审稿
own-reviews-past = 以往
own-asked-answer = 请答复邀请
own-asked-review = 审阅并提交审稿意见书
own-asked-done = 审稿意见书已提交，编辑部作出决定之前可以修改
own-act-answer = 答复邀请
own-act-review = 开始审稿
own-act-done = 查看意见书
own-past-reviewed = 已审
own-past-closed = 在您提交之前已结束
own-past-declined = 您已谢绝
own-past-expired = 邀请已过期
own-past-cancelled = 已不需要审阅
own-then-invitation = 之后邀请失效，编辑部另请他人
own-then-review = 之后另有 { $days } 天宽限
own-then-review-grace = 之后编辑部致谢并另请他人；作出决定之前，迟交的意见仍然有效

## The invitation
own-invitation-title = 审稿邀请
own-invitation-lede = 《{ $journal }》编辑部请您审阅这篇稿件。接受之后，您有 { $days } 天时间。无论能否审阅，都请答复；尽早谢绝，也是帮忙。
own-invitation-wrong = 还差一项
own-invitation-tick = 接受邀请，请先声明没有利益冲突
own-invitation-how = 您可以在网页上阅读盲审稿，也可以下载；旁边是一份审稿意见书：给编辑部的总体评语、逐项评分、给作者的逐条修改意见，以及三类基本评价。随写随存。自接受之日起，您有 { $days } 天时间。
own-facts-type = 稿件类型
own-facts-trial = 试验注册
own-facts-time = 审稿时间
own-facts-time-days = 自接受之日起 { $days } 天；再过 { $grace } 天仍未收到，编辑部另请他人
own-blind-title = 双向匿名如何保证
own-blind-you = 您不会被告知作者是谁。姓名、单位、编号都已从文字和文件中去掉。请不要设法查明。
own-blind-they = 作者也不会知道您是谁。转给作者的，只有编辑选用的修改意见，署以随机抽取、只用于这一篇稿件的代号；评价、评分和其他的话都不会转给作者。
own-blind-keep = 不论接受与否，题名、摘要和稿件都请保密。
own-accept-title = 我接受
own-accept-conflict = 利益冲突
own-accept-conflict-hint = 例如：与可能的作者同单位、合作发表过文章，与这项研究有竞争，会因它得利或受损，或者您认为自己知道这是谁的稿件。
own-accept-no-conflict = 就我所知，我与这项研究没有利益冲突
own-accept-button = 接受邀请
own-refuse-title = 我谢绝
own-refuse-why = 谢绝无妨，作者也不会知道。
own-refuse-conflict = 因为有利益冲突
own-refuse-conflict-hint = 选了这一项，这篇稿件不会再来麻烦您，您也不会再看到它。
own-refuse-reason = 原因
own-refuse-suggestion = 您看可以请谁？
own-refuse-suggestion-hint = 写姓名和单位或者邮箱；只有编辑能看到。
own-refuse-button = 谢绝邀请

## The reading desk
own-desk-title = 审稿 { $number }
own-desk-files = 盲审稿
own-desk-earlier = 第 { $round } 轮的文件
own-desk-download = 下载（{ $format }，{ $size }）
own-desk-no-files = 盲审稿还没有准备好
own-desk-no-files-why = 这里只放去掉了作者身份的文件。请过一会儿再看；如果一直没有，请写信给编辑部。
own-desk-abstract = 摘要与关键词
own-desk-form = 审稿意见书
own-desk-late = 这次审稿的时间已过，编辑部可能已另请他人。在作出决定之前，您提交的意见仍会送到编辑手中。
own-desk-sent-on = 您已于 { $day } 提交这份意见书。编辑部作出决定之前可以修改。
own-desk-amend = 修改意见书
own-desk-amending = 您正在修改已经提交的意见书。编辑部会同时保留原来的一份；按下最后的按钮之前，什么也不会改变。
own-desk-closed = 现在不能填写。编辑部正在作决定，或者这一轮已经结束。需要您再审时，会写信给您。
own-desk-round = 第 { $round } 轮
own-desk-points = 您的意见（转给作者的文字）
own-desk-your-point = 您的意见
own-desk-answer = 作者的答复
own-desk-rebuttal = 作者的答辩书（修改说明）
own-desk-others = 作者收到的其他意见
own-desk-own-review = 您的审稿意见书
own-desk-version = 早先的一份，{ $day } 被替换
own-desk-saved = 已保存。
own-desk-not-saved = 没有保存成功。请检查网络，我们会再试。
own-outcome-ask-revision = 退修
own-outcome-accept = 录用
own-outcome-decline = 退稿

## How to review
own-how-title = 怎样审稿
own-how-work = 请评价研究本身，不问是谁做的：问题值不值得问，方法能不能回答，结果撑不撑得住结论。
own-how-one = 意见逐条写，一条说一件事：在哪里，为什么要紧，怎样改。好的地方也请写出来。
own-how-blind = 修改意见里不要写出能看出您是谁的话：不写姓名、单位，也不写“我们曾经证明”。
own-how-who = 修改意见由编辑选用后转给作者；评语、评分、评价和只给编辑部看的话，都留在编辑部。
own-how-secret = 稿件请保密，不要转给他人，也不要交给会留存内容的网络服务。
own-how-more = 完整的审稿指南

## The form
own-review-verdict = 基本评价
own-review-verdict-yours = 您的基本评价
own-review-scores = 评分
own-review-scores-hint = 1 差，5 好
own-review-assessment = 总体评语（供编辑部参考）
own-review-assessment-hint = 稿件做了什么、做得怎样、您的评价取决于什么。作者看不到。
own-review-suggestions = 给作者的修改意见
own-review-suggestions-hint = 一格写一件事。评价为“修改后可以采用”的必须填写。
own-review-suggestion = 第 { $number } 条
own-review-add = 保存并再加一条
own-review-confidential = 只给编辑部看的话
own-review-confidential-hint = 例如对伦理、数据真实性、一稿多投的疑虑。
own-review-send = 提交审稿意见书
own-review-amend = 提交修改后的意见书
own-review-leave = 不改了，保留已提交的
own-review-not-amended = 修改后的意见书还没有填完，原先提交的一份仍然有效。表上写着缺什么。
own-criterion-originality = 创新性
own-criterion-significance = 意义
own-criterion-method = 方法
own-criterion-evidence = 论据
own-criterion-presentation = 表达
own-lack-verdict = 请选择基本评价
own-lack-assessment = 请写总体评语
own-lack-scores = 每一项都请评分
own-lack-suggestions = 评价为“修改后可以采用”，至少要写一条修改意见

## One-time links
own-link-gone = 这个链接已经失效
own-link-gone-why = 它已经用过、过了期，或者不完整。要看您接受过或提交过的内容，请用收信的邮箱登录。
own-link-accepted = 您已经接受了这个邀请
own-link-accepted-why = 谢谢。请用收信的邮箱登录，稿件在“我的审稿”里。
own-link-refused = 感谢您的答复
own-link-refused-why = 编辑部会另请他人，您不必再做什么。题名和摘要请保密。
own-link-confirmed = 谢谢，您的作者身份已确认
own-link-confirmed-why = 用收信的邮箱登录，可以看到稿件的进展。
own-link-denied = 感谢您告诉我们
own-link-denied-why = 您的答复已记录在案，编辑部会先把署名问题弄清楚。您不必再做什么。
own-link-on = 继续
own-link-sign-in = 登录

## A co-author's answer
own-coauthor-title = 您是这篇稿件的作者吗？
own-coauthor-role = 署名身份
own-coauthor-corresponding = 通信作者
own-coauthor-coauthor = 作者
own-coauthor-why = 《{ $journal }》编辑部收到一篇稿件，您列名为作者之一。只看这一页不会有任何改变，按下按钮才算答复。
own-coauthor-yes-title = 是的
own-coauthor-yes-means = 您参与了这项研究，认可所投的稿件，同意投给本刊。确认之后，您可以看到稿件的进展。
own-coauthor-yes = 确认我是作者
own-coauthor-no-title = 不是
own-coauthor-no-means = 稿件会暂停处理，由编辑部核实；是谁说明的，只有编辑部知道。
own-coauthor-note = 想告诉编辑部的话
own-coauthor-no = 我不是作者
own-reviews-pages = 以往审稿的分页
own-reviews-later = 较新的审稿
own-reviews-earlier = 较早的审稿
own-desk-elsewhere = 没有保存：这份意见书已在另一个窗口里改动或提交。请到那个窗口继续，或按本页的按钮对照两边的内容。
own-desk-other = 另一个窗口里保存的内容
own-desk-to-form = 跳到审稿意见书
own-coauthor-by = 投稿人：
own-coauthor-by-end = 。
own-coauthor-authors = 作者及署名顺序
own-coauthor-abstract = 摘要
own-link-no-password = 不需要密码：在登录页的“不用密码登录”处填写该邮箱，点开邮件中的链接即可进入。进入后也可以自己设置密码。
