## When the database or the disk does not answer
error-unavailable = 系统暂时无法处理
error-unavailable-why = 这不是您的问题，之前保存的内容都在。请过几分钟再试。
error-try-again = 再试一次
error-kept = 刚才提交的内容没有保存，但也没有丢失，都在本页。请过几分钟再次提交，也可以先从这里复制您写的文字。
error-kept-text = 您写的内容
error-send-again = 再次提交
error-file-again = 文件没有收下，请过几分钟返回上一页重新选择。

## What is stuck in the office
letter-why-late = 已等候一刻钟以上，还没有发出：前面的信没有送出，或程序无法写入数据库。
stuck-copies = 有 { $count } 个文件等候生成盲审稿已超过十分钟。磁盘和数据库恢复后会自动生成；如一直如此，原因见程序日志。
