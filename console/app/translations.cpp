#include "console/app/translations.h"

#include <QCoreApplication>
#include <QDir>
#include <QLibraryInfo>
#include <QTranslator>

#include <memory>

using namespace Qt::StringLiterals;

namespace dialogue::console {

namespace {

const QString English = u"en"_s;
const QString TranslationsFolder = u":/translations"_s;

void installTranslation(QCoreApplication &application, std::unique_ptr<QTranslator> translator)
{
    translator->setParent(&application);
    QCoreApplication::installTranslator(translator.release());
}

} // namespace

QStringList languages()
{
    QStringList found{English};
    for (const QString &file : QDir(TranslationsFolder).entryList({u"dialogue-console_*.qm"_s}))
        found.append(file.section(u'_', 1).section(u'.', 0, 0));
    found.sort();
    found.removeDuplicates();
    return found;
}

void installTranslations(QCoreApplication &application, const QLocale &locale)
{
    auto ours = std::make_unique<QTranslator>();
    const auto load = [&ours](const QLocale &wanted) {
        return ours->load(wanted, u"dialogue-console"_s, u"_"_s, TranslationsFolder);
    };
    // In English are the plurals: in the source they are "client(s)".
    if (!load(locale) && !load(QLocale(QLocale::English)))
        return;
    // Qt's in the same language, and in no other: half and half is worse than English.
    const QLocale found(ours->language());
    auto qts = std::make_unique<QTranslator>();
    if (qts->load(found, u"qtbase"_s, u"_"_s, QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        installTranslation(application, std::move(qts));
    installTranslation(application, std::move(ours));
}

} // namespace dialogue::console
