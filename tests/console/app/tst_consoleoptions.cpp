#include "testclasses.h"

#include "console/app/options.h"

#include <QCommandLineParser>
#include <QTemporaryDir>

using namespace dialogue;
using namespace dialogue::console;
using namespace Qt::StringLiterals;

class TestConsoleOptions : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    Result<std::optional<Profile>> read(const QStringList &arguments)
    {
        ProfileStore store(m_folder.filePath(u"profiles.json"_s));
        if (!store.put({.id = u"1"_s,
                        .name = u"Live"_s,
                        .url = QUrl(u"https://live.example.org"_s),
                        .account = u"ada"_s}))
            qFatal("cannot write");
        QCommandLineParser parser;
        addOptions(parser);
        if (!parser.parse(QStringList{u"dialogue-console"_s} + arguments))
            return Error{.code = ErrorCode::InvalidRequest, .message = parser.errorText()};
        return profileOf(parser, store);
    }

private Q_SLOTS:
    void whatIsSaidTogether_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("error"); // Empty: none.
        QTest::addColumn<QString>("name"); // Of the profile; empty: none.
        QTest::newRow("nothing") << QStringList() << QString() << QString();
        QTest::newRow("a profile") << QStringList{u"--profile"_s, u"live"_s} << QString() << u"Live"_s;
        QTest::newRow("one that is not there")
            << QStringList{u"--profile"_s, u"Lvie"_s} << u"did you mean 'Live'"_s << QString();
        QTest::newRow("a server") << QStringList{u"--url"_s, u"http://127.0.0.1:3000"_s, u"--account"_s,
                                                 u"ada"_s}
                                  << QString() << u"127.0.0.1:3000"_s;
        QTest::newRow("without a scheme")
            << QStringList{u"--url"_s, u"localhost:3000"_s, u"--account"_s, u"ada"_s} << QString()
            << u"localhost:3000"_s;
        QTest::newRow("by token") << QStringList{u"--url"_s, u"http://h"_s, u"--token-file"_s, u"t"_s}
                                  << QString() << u"h"_s;
        QTest::newRow("nobody") << QStringList{u"--url"_s, u"http://h"_s} << u"account"_s << QString();
        QTest::newRow("both ways") << QStringList{u"--url"_s, u"http://h"_s,     u"--account"_s,
                                                  u"a"_s,     u"--token-file"_s, u"t"_s}
                                   << u"--token-file"_s << QString();
        QTest::newRow("no server") << QStringList{u"--account"_s, u"a"_s} << u"stands without --url"_s
                                   << QString();
        QTest::newRow("two servers") << QStringList{u"--profile"_s, u"live"_s, u"--url"_s, u"http://h"_s}
                                     << u"stands beside --profile"_s << QString();
    }
    void whatIsSaidTogether()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, error);
        QFETCH(QString, name);
        const Result<std::optional<Profile>> profile = read(arguments);
        if (!error.isEmpty()) {
            QVERIFY(!profile);
            QVERIFY2(profile.error().text().contains(error), qPrintable(profile.error().text()));
            return;
        }
        QVERIFY2(bool(profile), profile ? "" : qPrintable(profile.error().text()));
        QCOMPARE(*profile ? (*profile)->name : QString(), name);
    }
};

DIALOGUE_TEST(TestConsoleOptions, QCoreApplication)
#include "tst_consoleoptions.moc"
