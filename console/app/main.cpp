#include "console/app/options.h"
#include "console/app/translations.h"
#include "console/look/appearance.h"
#include "console/shell/mainwindow.h"
#include "core/base/foreigntext.h"

#include <QApplication>
#include <QCommandLineParser>

#include <cstdio>

using namespace dialogue;
using namespace dialogue::console;
using namespace Qt::StringLiterals;

namespace {

int refused(const Error &error)
{
    std::fprintf(stderr, "dialogue-console: %s\n", qUtf8Printable(printable(error.text())));
    return 2;
}

} // namespace

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    QApplication::setOrganizationName(u"Dialogue"_s);
    QApplication::setApplicationName(u"dialogue-console"_s);
    QApplication::setApplicationDisplayName(u"Dialogue"_s);
    QApplication::setApplicationVersion(QStringLiteral(DIALOGUE_VERSION));
    QCommandLineParser parser;
    addOptions(parser);
    parser.process(application);
    const Result<QLocale> locale = localeOf(parser);
    if (!locale)
        return refused(locale.error());
    QLocale::setDefault(*locale);
    installTranslations(application, *locale);

    ProfileStore store(parser.value(u"profiles"_s));
    const Result<void> loaded = store.load();
    const Result<std::optional<Profile>> profile = profileOf(parser, store);
    if (!loaded && parser.isSet(u"profile"_s))
        return refused(loaded.error());
    if (!profile)
        return refused(profile.error());
    setAppearance(keptAppearance());
    Secrets secrets;
    MainWindow window(store, secrets);
    if (!loaded)
        window.tell(printable(loaded.error().text()));
    window.show();
    if (*profile)
        window.openServer(**profile);
    return QApplication::exec();
}
