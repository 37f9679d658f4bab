settings-people = Люди
role-owner = Владелец
role-administrator = Администратор
role-manager = Руководитель
role-member = Сотрудник
role-auditor = Аудитор
role-expert = Внешний эксперт

people-you = Вы
people-seen = Последний визит:
people-never-seen = Входов ещё не было
people-second-step = вход в два шага
people-password-only = только пароль
people-role = Роль
people-role-of = Роль: { $name }
people-change = Сменить
people-change-role = Сменить роль: { $name }
people-remove = Удалить
people-remove-name = Удалить: { $name }
people-remove-title = Удалить учётную запись { $name }?
people-remove-text = В течение нескольких секунд все сеансы этого человека закроются, и войти снова он не сможет. Всё, что он сделал, останется в журнале под его именем, поэтому имя больше никому не достанется.
people-invited = Приглашены
people-first-owner = Первый владелец
people-invitation-until = Ссылка действует до:
people-invitation-over = Ссылка перестала действовать:
people-withdraw = Отозвать
people-invite-title = Пригласить человека
people-invite-text = Вы передадите ему ссылку, по которой он выберет пароль. Она действует один раз, в течение недели.
people-invite = Создать ссылку
people-mistake-name = Имя пользователя состоит из букв, цифр и точек или является адресом электронной почты.
people-mistake-taken = Это имя принадлежит или принадлежало другому человеку:
people-mistake-last-owner = Архиву нужен владелец. Сначала сделайте владельцем кого-то ещё.
invitation-made = Приглашение для { $name } готово.
invitation-made-text = Передайте эту ссылку надёжным путём: она видна только сейчас. Действует до:

invitation = Приглашение
invitation-text = Вас пригласили в этот архив. Выберите пароль, чтобы войти.
invitation-first = В этом архиве ещё ни у кого нет учётной записи. Создайте свою: она будет записью владельца.
invitation-accept = Создать учётную запись
password-current = Текущий пароль
password-new = Новый пароль
password-again = Новый пароль ещё раз
password-hint = Не меньше 10 знаков. Четыре-пять слов, не связанных между собой, легко запомнить и трудно угадать.
password-mistake-current = Текущий пароль неверен.
password-mistake-differ = Пароли не совпадают.
password-mistake-short = В пароле должно быть не меньше 10 знаков.
password-mistake-long = В пароле может быть не больше 256 знаков.
password-mistake-guessable = Этот пароль легко угадать. Выберите четыре-пять слов, не связанных между собой.
password-mistake-own = Этот пароль составлен из вашего имени или названия фирмы. Выберите слова, не связанные между собой.

sign-in-code = Код
sign-in-code-hint = Шесть цифр, которые сейчас показывает приложение-аутентификатор. Без телефона – один из резервных кодов.
sign-in-other = Войти под другим именем
sign-in-too-long = Второй шаг занял слишком много времени или попыток. Войдите ещё раз.
sign-in-code-slow-down = В последнее время было слишком много неверных кодов. Подождите час, введите резервный код или войдите в браузере, из которого уже входили.
code-mistake-wrong = Неверный код. Введите тот, который показан сейчас.
code-mistake-used = Этот код уже использован. Дождитесь следующего.
code-mistake-time = Этот код относится к другому времени. Проверьте, верно ли идут часы телефона и сервера.

you-password = Пароль
you-password-change = Сменить пароль
you-password-text = Все остальные сеансы закроются.
you-password-done = Пароль изменён, все остальные сеансы закрыты.
you-second-step = Второй шаг входа
you-authenticator-off = С приложением-аутентификатором тот, кто узнает ваш пароль, всё равно не войдёт: при входе нужен ещё и код с телефона.
you-authenticator-add = Добавить приложение-аутентификатор
you-authenticator-on = При входе нужен код из приложения-аутентификатора.
you-authenticator-remove = Убрать приложение-аутентификатор
you-authenticator-remove-text = После этого для входа хватит одного пароля. Резервные коды тоже перестанут действовать.
you-authenticator-off-done = Приложение-аутентификатор убрано. Теперь для входа хватит пароля.
you-recovery-left = { $count ->
    [one] Остался { $count } резервный код.
    [few] Осталось { $count } резервных кода.
    [many] Осталось { $count } резервных кодов.
   *[other] Осталось { $count } резервного кода.
    }
you-recovery-renew = Создать новые резервные коды
you-recovery-renew-text = Прежние коды перестанут действовать.
you-sessions = Где открыт ваш сеанс
you-sessions-text = Сеанс закрывается после 12 часов без работы, а через неделю – в любом случае.
you-sessions-done = Там сеанс закрыт.
you-sessions-end-others = Закрыть все остальные
you-session-this = Этот сеанс
you-session-unknown = Неизвестный браузер
you-session-began = с
you-session-seen = использовался
you-session-end = Закрыть

authenticator-title = Добавить приложение-аутентификатор
authenticator-text = Откройте приложение на телефоне (Aegis, Google Authenticator, 2FAS или любое другое) и отсканируйте эту картинку.
authenticator-picture = Картинка, которую нужно отсканировать приложением
authenticator-secret = Нет камеры? Введите этот ключ в приложении.
authenticator-code = Код, который приложение показывает сейчас
authenticator-confirm = Подтвердить
authenticator-done = Теперь при входе нужен код.
recovery-title = Резервные коды
recovery-text = Если телефон пропадёт, каждый из этих кодов один раз заменит его при входе. Они видны только сейчас: распечатайте их или сохраните в менеджере паролей.
recovery-kept = Коды сохранены

last-owner = Архиву нужен владелец
last-owner-fix = Сначала сделайте владельцем кого-то ещё.
owners-only = Это может только владелец
owners-only-fix = Владельцев назначают, меняют и удаляют владельцы. Попросите одного из них.
invitation-gone = Это приглашение больше не действует
invitation-gone-fix = Оно использовано, отозвано или прошла неделя. Попросите новое у того, кто вас пригласил.

sign-in-passkey = Войти с ключом доступа
passkey-failed = Устройство этого не подтвердило. Попробуйте снова или введите пароль.
passkey-mistake-elsewhere = Ключам доступа нужен адрес с именем. Попросите администратора задать его.
passkey-mistake-many = Слишком много всего сразу, или у вас уже 20 ключей. Попробуйте снова чуть позже.
passkey-mistake-late = Это заняло слишком много времени. Попробуйте снова.
passkey-mistake-unknown = Этот ключ здесь неизвестен. Введите пароль.
you-passkeys = Ключи доступа
you-passkeys-text = С ключом доступа вы входите по отпечатку пальца, лицу или PIN-коду устройства, без пароля. Его нельзя ни угадать, ни выманить.
you-passkeys-without = Этот браузер не знает ключей доступа, или в нём отключены скрипты.
you-passkeys-elsewhere = Ключи доступа привязаны к собственному адресу архива. Добавьте свой там:
you-passkeys-nowhere = Ключам доступа нужен адрес с именем, а не просто число. Администратор может задать его параметром --public-url.
you-passkey-add = Добавить ключ доступа
you-passkey-name = Название ключа
you-passkey-example = Ноутбук
you-passkey-rename = Переименовать
you-passkey-remove = Убрать
you-passkey-added = добавлен
you-passkey-used = использовался
you-passkey-done = Ключ доступа добавлен. В следующий раз можно войти с ним.
