### 编辑部的检索。

search-title = 检索稿件
search-field = 稿件编号、题名或摘要中的词
search-hint = 可输入稿件编号的一部分，或题名、关键词、摘要中的词（中英文均可）。新稿在前。
search-any = 不限
search-due = 期限
search-due-overdue = 已逾期
search-due-week = 7 天内到期
search-due-month = 30 天内到期
search-window = 正在计时的期限
search-reviewer = 审稿人姓名
search-clear = 重新检索
search-count = 共 { $count } 篇
search-newer = 较新的稿件
search-older = 较早的稿件
search-nothing-why = 请换少一些、短一些的词。中文按任意连续的字检索，英文按词首检索。草稿不在检索范围之内；与您本人有关的稿件不会出现在这里。
search-author = 按作者查找
search-author-why = 请输入准确的姓名（中文或拼音）或邮箱。本次查找将连同您的姓名记入编辑部日志，并记入查到的每篇稿件的历史；此后您不能再评审这些稿件。
search-author-field = 作者姓名或邮箱
search-author-act = 按作者查找（将记录）
search-author-empty = 请输入姓名或邮箱。
search-author-recorded = { $count ->
    [0] 本次查找已记录。没有查到稿件。
   *[other] 本次查找已记录。查到 { $count } 篇有此作者的稿件。
}
search-author-nothing = 姓名须完全一致：请核对写法，或改用另一种文字、邮箱。
search-reason = 理由（记入历史）
office-event-author-searched = 按作者姓名查到本稿
office-event-letter-mended = 处理了一封信
