home-title = 首页
home-promise = 每篇稿件只凭文字评判：作者与审稿人互不知晓。
