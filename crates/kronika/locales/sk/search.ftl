search-placeholder = Slová, meno, adresa
search-order = Poradie
order-newest = Od najnovších
order-best = Od najpresnejších
search-found = { $count ->
    [0] Nič sa nenašlo
    [one] Našla sa { $count }
    [few] Našli sa { $count }
    [many] Našlo sa { $count }
   *[other] Našlo sa { $count }
    }
search-found-more = Našlo sa viac než { $count }
search-none = Nič nezodpovedá
search-none-text = Skúste menej slov, iný tvar mena alebo odoberte filter.
search-in-attachment = v { $name }
search-teach = Jeden riadok nájde všetko
search-example-words = cena marec
search-words = obe slová v ľubovoľnom tvare
search-example-phrase = "výpovedná lehota"
search-phrase = presne tieto slová v tomto poradí
search-people = časť mena alebo adresy
search-client = časť názvu klienta
search-dates = odo dňa a do dňa
search-kinds = iba tento kanál alebo smer
search-has = iba s prílohami
search-more = Viac filtrov
search-by-client = Klient
search-after = Odo dňa
search-before = Pred dňom
