guidelines = Правила общения
guidelines-text = Чего фирма ждёт от каждого, кто общается с клиентами. Каждая версия хранится, а с ней и то, кто её принял и когда.
guidelines-none = Правил пока не издано.
guidelines-asked = { $count ->
    [one] { $count } правило общения ждёт, пока вы его прочтёте и примете.
    [few] { $count } правила общения ждут, пока вы их прочтёте и примете.
    [many] { $count } правил общения ждут, пока вы их прочтёте и примете.
   *[other] { $count } правила общения ждут, пока вы их прочтёте и примете.
    }
guidelines-to-read = Прочитать
guideline-version = Версия { $version }
guideline-open = Вы его ещё не приняли.
guideline-reminded = Напомнили
guideline-accepted-you = Вы приняли его
guideline-withdrawn = Больше не действует.
guideline-read = Прочитать
guideline-new = Новое правило
guideline-edit = Новая версия
guideline-edit-text = Старая версия останется доступной для чтения. Принять новую попросят всех.
guideline-issued = издано: { $name }
guideline-old = Это более старая версия.
guideline-to-newest = Прочитать действующую
guideline-test = Тест
guideline-wrong = Не все ответы верны. Прочитайте правило ещё раз и попробуйте снова.
guideline-wrong-answer = Этот ответ неверен.
guideline-outdated = Пока вы читали, вышла более новая версия. Вот она.
guideline-accept = Прочитано, принимаю
guideline-accept-text = Ваше имя, версия и время будут записаны в журнал.
guideline-missing = Ещё не приняли
guideline-missing-none = Действующую версию приняли все.
guideline-remind = Напомнить им
guideline-accepted = Приняли
guideline-accepted-none = Его ещё никто не принял.
guideline-versions = Версии
guideline-withdraw = Отозвать
guideline-withdraw-text = Принимать его больше никого не попросят. Кто какую версию принял, останется известно.
guideline-title = Название
guideline-title-hint = Например: Звонки и личные мессенджеры
guideline-body = Текст
guideline-body-hint = Пустая строка начинает новый абзац.
guideline-test-example =
    Можно ли договариваться о цене в личном мессенджере?
    - Да
    + Нет
guideline-test-hint = Можно оставить пустым. Вопрос на отдельной строке, под ним ответы: - перед неверным, + перед верным. Тот, кто принимает правило, должен верно ответить на все.
guideline-issue = Издать
guideline-mistake-empty = Правилу нужны название и текст.
guideline-mistake-long = Такое длинное правило никто не прочтёт; 100 000 знаков достаточно.
guideline-mistake-answers = Вопросу { $number } нужны хотя бы два ответа, каждый на строке, которая начинается с - или +.
guideline-mistake-right = Вопросу { $number } нужен ровно один верный ответ, на строке, которая начинается с +.
right-accept-guidelines = Читать и принимать правила общения
right-write-guidelines = Писать правила общения, видеть, кто их принял, и напоминать остальным
