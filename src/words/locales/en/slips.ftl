## What a text says of its sender
slips-title = This may tell who you are
slips-why-review = The authors must not learn who reviews their work. Nothing was sent yet; what you wrote is kept. Change the places below, or send all the same.
slips-why-revision = Reviewers must not learn whose work they read. Nothing was sent yet; what you wrote is kept. Change the places below, or send all the same.
slips-why-letter = This letter says something of you. Change it, or let it go as it is.
slips-identity = Name, address or institution:
slips-citation = Own work cited in the first person:
slips-signature = Signature:
slips-anyway = Send all the same
