author-discard-link = 删除这份草稿
author-discard = 删除草稿
author-discard-what = 草稿连同已上传的文件一并删除，不能恢复。
author-discard-who = 草稿在投出之前只有您自己能看到，没有其他人看过。
author-discard-do = 删除草稿
author-discard-not = 保留草稿
done-draft-discarded = 草稿及其文件已删除。
