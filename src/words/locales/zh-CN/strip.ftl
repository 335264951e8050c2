### 匿名稿删去的内容与待作者确认之处（作者页、编辑页已有的除外）

author-what-funding = 资助说明
author-what-contributions = 作者贡献
author-what-conflicts = 利益冲突声明
author-what-acknowledgements = 致谢
author-what-biography = 作者简介
author-place-links = 链接
author-place-figures = 图表

author-finding-funding = 资助来源
author-finding-funding-why = 这句话写明了资助来源。建议删去：编辑部已有您填写的信息，审稿人无需知道。
author-finding-contributions = 作者分工
author-finding-contributions-why = 这句话写明了各位作者的分工。除非其中没有姓名和缩写，建议删去。
author-finding-conflicts = 作者的利益关系
author-finding-conflicts-why = 利益声明可能写出资助或聘用您的单位。建议删去：编辑部已有您填写的信息。
author-finding-ethics = 伦理与知情同意
author-finding-ethics-why = 审稿人可以知道研究已通过伦理审查，但不必知道是哪家单位。可写作“经作者所在单位伦理委员会批准”，批件号由编辑部核对。
author-finding-more = 未列出的其余部分
author-finding-more-why = 文件中的这类地方太多，没有全部列出。请从头到尾看一遍，或另传一份处理过的文件。

office-finding-funding = 资助来源
office-finding-contributions = 作者分工
office-finding-conflicts = 作者的利益关系
office-finding-ethics = 伦理与知情同意
office-finding-more = 未逐一列出的其余部分
