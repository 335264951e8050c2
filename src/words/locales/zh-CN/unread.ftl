### 文件中没有人读过的内容：整页图像、无法识别的字符、图片

unread-page = 第 { $page } 页
unread-letters = 第 { $page } 页，{ $n ->
    [0] 若干字符
   *[other] { $n } 个字符
 }
unread-pictures = 第 { $page } 页，{ $n } 幅图片
unread-picture = 第 { $n } 幅图片
unread-more = 另有 { $n } 处
unread-looked = 我已看过，不会暴露身份
unread-confirmed = 作者已目视确认
