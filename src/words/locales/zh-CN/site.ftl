### 公开网站其他页面和帮助页面的文字。

public-feed = 订阅

help-title = 帮助
help-anonymous = 怎样准备匿名稿件
help-review = 怎样审稿
help-revise = 怎样修改
help-stages = 各阶段说明
help-more = 其他帮助
help-guide-authors = 作者须知全文
help-guide-reviewers = 审稿须知全文
help-guide-stages = 全部阶段与结局
