### 演示版的文字。

demo-bar = 演示
demo-word = 演示版
demo-stays = 人物和稿件都是虚构的；信件只留在这台电脑上，不会寄出。
demo-now = 演示时间
demo-move = 把时间往后拨
demo-day = ＋一天
demo-week = ＋一周
demo-month = ＋一个月
demo-letters = 信件
demo-moved = { $count ->
    [0] 刚才没有寄信
   *[other] 刚才寄出 { $count } 封
 }
demo-nobody = 访客（未登录）
demo-role-author = 作者
demo-be = 点一下，换成这个人：

demo-title = 演示版：怎么看，看什么
demo-lede = 这是一份虚构期刊的编辑部，稿件分布在各个阶段，记录完整。可以随意试用：换成任何人，把时间往后拨，看期限到了会发生什么、谁会收到什么信。
demo-try = 不妨这样试
demo-try-1 = 换成主编，打开“编辑部”。“待通知作者”里排在最前的稿件，初审期限就要到了。
demo-try-2 = 在页顶点“＋一天”，直到有一篇逾期：它变成“可另投”，作者收到信。点“刚才寄出”就能看到这些信。
demo-try-3 = 换成一位审稿人，打开“我的审稿”，写一份审稿意见书。注意：哪里都看不到作者是谁。
demo-try-4 = 换成作者，打开退修的稿件，逐条答复；或者什么也不做，拨过两个月，看它怎样被视为自动放弃。
demo-try-5 = 从“信件”里点开任何一封信中的链接，就像收信人那样进来。
demo-cast = 人物
demo-cast-why = 点“换成此人”即以此人的身份登录；“信箱”里是写给此人的全部信件。
demo-does-editor-in-chief = 分派稿件，终审签发，处理一切例外。
demo-does-editor = 初审、请审稿人、作出决定。
demo-does-assistant = 形式审查、退回补正、信件往来；不作决定。
demo-does-author = 投稿、修改、答复。
demo-does-reviewer = 应邀审稿，不知道作者是谁。
demo-does-administrator = 管理人员和设置，看不到任何稿件。
demo-you = 您现在是此人
demo-mailbox = 信箱（{ $count }）
demo-become = 换成此人
demo-letters-why = 演示版不寄信，写好的信放在这里；时间是演示时间。信中的链接可以点，有的只能用一次。
demo-letters-about = 稿件编号或主题
demo-letters-to = 谁的信箱
demo-letters-all = 所有人的信箱
demo-letters-show = 显示
demo-letters-everything = 全部信件
demo-letters-count = 共 { $count } 封，新的在前
demo-letters-fresh = 上次拨动时间以来共 { $count } 封
demo-letters-none = 这里没有信
demo-letters-none-why = 在页顶把时间往后拨一天，到期的通知和提醒就会寄到这里。
demo-letters-newer = 较新的
demo-letters-older = 较早的
demo-letter-subject = 主题
demo-letter-to = 收信人
demo-letter-at = 时间
demo-letter-back = { $name } 的信箱
demo-letter-other = 这封信写给 { $name }。信中的网页只有本人登录后才能看到。
demo-letter-be = 换成 { $name }
