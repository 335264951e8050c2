## 文字中可能暴露发件人身份之处
slips-title = 以下文字可能暴露您的身份
slips-why-review = 作者不应知道审稿人是谁。意见尚未提交，您写的内容已保留。请修改下列文字，或仍按原文提交。
slips-why-revision = 审稿人不应知道稿件出自何人。修改稿尚未提交，您写的内容已保留。请修改下列文字，或仍按原文提交。
slips-why-letter = 信中有涉及您本人的文字。请修改，或按原文寄出。
slips-identity = 姓名、邮箱或单位：
slips-citation = 以第一人称引用自己的工作：
slips-signature = 落款：
slips-anyway = 仍按原文提交
