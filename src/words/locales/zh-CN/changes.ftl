### 两轮稿件之间的改动

changes-title = 改动对照
changes-lede = 第 { $new } 轮与第 { $old } 轮稿件逐句对照。分页、换行不同不算改动；图片不作比较。
changes-count = 共 { $count } 处改动。
changes-gone = 删去
changes-new = 新增
changes-more = 另有 { $count } 处未列出。
changes-none = 两轮的文字完全相同。
changes-unreadable = 两个版本无法按文字对照，请分别阅读。
