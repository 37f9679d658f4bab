search-placeholder = Words, a name, an address
search-order = Order
order-newest = Newest first
order-best = Best match first
search-found = { $count ->
    [0] Nothing found
    [one] { $count } found
   *[other] { $count } found
    }
search-found-more = { $count }+ found
search-none = Nothing matches
search-none-text = Try fewer words, another form of a name, or take a filter out.
search-in-attachment = in { $name }
search-teach = One line finds everything
search-example-words = price march
search-words = both words, in any form
search-example-phrase = "notice period"
search-phrase = exactly these words in this order
search-people = part of a name or address
search-client = part of a client’s name
search-dates = from and up to a day
search-kinds = only this channel or direction
search-has = only with attachments
search-more = More filters
search-by-client = Client
search-after = From day
search-before = Before day
