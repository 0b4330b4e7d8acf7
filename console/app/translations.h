#pragma once

#include <QLocale>
#include <QStringList>

class QCoreApplication;

namespace dialogue::console {

/** The languages that this build has its texts in, as "de", sorted; English is always among them. */
[[nodiscard]] QStringList languages();
/** Has \a application say its texts, and Qt those of its own, in the language of \a locale, or else in
 * English. GUI thread, once, before the first widget. */
void installTranslations(QCoreApplication &application, const QLocale &locale);

} // namespace dialogue::console
