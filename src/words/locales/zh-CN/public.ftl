### 公开页面的用词。

home-title = 首页
home-promise = 评的是稿件，不是作者：作者与审稿人互不知晓。
public-home-submit = 投稿
public-home-how = 投稿之后
public-home-notice = 本刊的承诺与要求
public-home-notice-lede = 绝大部分来稿通过初审之后，由本刊聘请的审稿人审阅。审稿人不知道作者是谁，作者也不知道审稿人是谁；评的是文章，不是人。
public-home-notice-screening = 初审：自收到来稿起{ $span }之内完成并通知作者。届时没有收到通知的，作者可以另投他刊。
public-home-notice-review = 外审：审稿人填写审稿意见书，给出三类基本评价之一：基本可以采用、修改后可以采用、不宜采用。意见书供编辑部参考，由编辑部决定；需要修改的，把具体的修改意见转给作者。
public-home-notice-revision = 修改：作者在{ $span }之内完成修改，逐条答复，修改稿与答辩书一并交回。逾期没有交回的，视为自动放弃在本刊发表。
public-home-notice-re-review = 修后复审：编辑部在{ $span }之内复审修改稿，必要时请原审稿人再看，并作出决定。
public-home-notice-person = 来稿请通过本站投给编辑部，请勿寄给个人。
public-home-latest = 最新文章
public-home-all = 全部文章
public-home-submit-how = 怎样投稿
public-home-submit-1 = 文件照原样上传。程序会为审稿人另制一份盲审稿，去掉姓名、单位和各种编号。
public-home-submit-2 = 看一看盲审稿，处理程序拿不准的地方，然后提交。
public-home-submit-3 = { $span }之内，您会得到我们的通知。在此期间，稿件页面上写着我们在做什么、还有多少时间。
public-span-months = { $n ->
    [1] 一个月
    [2] 两个月
   *[other] { $n } 个月
 }
public-span-days = { $n } 天
public-list-sign = ，

## Articles
public-articles-title = 已发表文章
public-articles-list = 文章列表
public-articles-search = 题名、作者或试验注册号
public-articles-find = 查找
public-articles-found = { $count ->
    [0] 没有找到“{ $q }”。
   *[other] 查找“{ $q }”，共 { $count } 篇。
 }
public-articles-more = 还有更多，请再加一个词。
public-articles-all = 全部文章
public-articles-empty = 还没有发表文章
public-articles-empty-why = 本刊发表的文章将列在这里，新的在前。
public-articles-pages = 翻页
public-articles-newest = 最新的
public-articles-older = 更早的文章
public-article-published = { $day }发表
public-article-joint-first = 共同第一作者。
public-article-corresponding = 通信作者。
public-article-funding = 基金项目
public-article-trials = 临床试验注册
public-article-registered = { $day }注册
public-article-exception = 主编对注册时间的说明：
public-article-ethics = 伦理审批
public-article-conflicts = 利益冲突
public-article-data = 数据可及性声明
public-article-cite = 引用格式
public-article-review = 评审方式
public-article-review-how = 双向匿名评审：审稿人不知道作者是谁，作者也不知道审稿人是谁。

## Guides
public-guides = 指南
public-guide-authors = 作者指南
public-guide-reviewers = 审稿指南
public-guide-stages = 各阶段说明
public-guide-privacy = 隐私与匿名
