### 页面内阅读盲审稿时用的词：作者、审稿人、编辑共用。

reading-removed = 已删去
reading-page = 第 { $number } 页，共 { $of } 页
reading-page-text = 第 { $number } 页的文字
reading-table = 表格
reading-picture = 图片 { $number }
reading-picture-closed = 图片 { $number } 的格式浏览器不能显示，请下载文件查看。
reading-closed = 这个文件不能在页面上显示，请下载查看。
