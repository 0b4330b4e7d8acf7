#include "testclasses.h"

#include "console/app/options.h"
#include "console/app/translations.h"

#include <QCommandLineParser>
#include <QDir>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTranslator>
#include <QXmlStreamReader>

using namespace dialogue;
using namespace dialogue::console;
using namespace Qt::StringLiterals;

namespace {

/** One text of a .ts file, and what it is in that file's language. */
struct TsMessage
{
    QString context = {};
    QString source = {};
    QString comment = {};
    QStringList translations = {}; // Of a plural: one for each number.
    bool isFinished = true;

    QString key() const
    {
        return context + u" | "_s + source + (comment.isEmpty() ? QString() : u" | "_s + comment);
    }
};

TsMessage readMessage(QXmlStreamReader &xml, const QString &context)
{
    TsMessage message{.context = context};
    while (xml.readNextStartElement()) {
        if (xml.name() == "source"_L1) {
            message.source = xml.readElementText();
        } else if (xml.name() == "comment"_L1) {
            message.comment = xml.readElementText();
        } else if (xml.name() != "translation"_L1) {
            xml.skipCurrentElement();
        } else {
            message.isFinished = !xml.attributes().hasAttribute("type"_L1);
            QString text;
            while (!(xml.readNext() == QXmlStreamReader::EndElement && xml.name() == "translation"_L1)
                   && !xml.atEnd()) {
                if (xml.isCharacters())
                    text += xml.text();
                else if (xml.isStartElement())
                    message.translations.append(xml.readElementText());
            }
            if (message.translations.isEmpty())
                message.translations.append(text);
        }
    }
    return message;
}

QList<TsMessage> readTs(const QString &fileName)
{
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", qPrintable(fileName));
    QXmlStreamReader xml(&file);
    QList<TsMessage> messages;
    QString context;
    xml.readNextStartElement(); // TS
    while (xml.readNextStartElement()) {
        while (xml.readNextStartElement()) {
            if (xml.name() == "name"_L1)
                context = xml.readElementText();
            else
                messages.append(readMessage(xml, context));
        }
    }
    if (xml.hasError())
        qFatal("%s: %s", qPrintable(fileName), qPrintable(xml.errorString()));
    return messages;
}

QStringList keysOf(const QString &fileName)
{
    QStringList keys;
    for (const TsMessage &message : readTs(fileName))
        keys.append(message.key());
    keys.sort();
    return keys;
}

/** "%1", "%L1", "%n", "%v", sorted: they may stand in another order. */
QStringList placeholdersOf(const QString &text)
{
    static const QRegularExpression Placeholder(u"%(L?[0-9]+|[nvm])"_s);
    QStringList found;
    for (auto each = Placeholder.globalMatch(text); each.hasNext();)
        found.append(each.next().captured());
    found.sort();
    return found;
}

int acceleratorsOf(const QString &text)
{
    static const QRegularExpression Accelerator(u"&[^& ]"_s);
    return int(text.count(Accelerator));
}

/** What a translation has to end with, too. */
QString endOf(const QString &text)
{
    return text.endsWith(u'…') || text.endsWith(u':') || text.endsWith(u' ') ? text.last(1) : QString();
}

QString tsFile(const QString &language)
{
    return QStringLiteral(DIALOGUE_SOURCE_DIR)
        + u"/console/translations/dialogue-console_%1.ts"_s.arg(language);
}

} // namespace

class TestTranslations : public QObject
{
    Q_OBJECT

    static void addLanguages()
    {
        QTest::addColumn<QString>("language");
        QTest::addColumn<QStringList>("options");
        QTest::newRow("German") << u"de"_s << QStringList();
        QTest::newRow("English") << u"en"_s << QStringList{u"-pluralonly"_s};
    }

private Q_SLOTS:
    void cleanup() { qDeleteAll(QCoreApplication::instance()->findChildren<QTranslator *>()); }

    void aTranslationHasWhatItsSourceHas_data() { addLanguages(); }
    void aTranslationHasWhatItsSourceHas()
    {
        QFETCH(QString, language);
        const QList<TsMessage> messages = readTs(tsFile(language));
        QVERIFY(!messages.isEmpty());
        QStringList faults;
        for (const TsMessage &message : messages) {
            const QString &source = message.source;
            const auto isTrue = [&](bool holds, const QString &fault) {
                if (!holds)
                    faults.append(message.key() + u": "_s + fault);
            };
            isTrue(message.isFinished, u"is not finished"_s);
            isTrue(!source.contains("%n"_L1) || message.translations.size() == 2, u"has no plural"_s);
            for (const QString &text : message.translations) {
                isTrue(!text.isEmpty(), u"is empty"_s);
                isTrue(placeholdersOf(text) == placeholdersOf(source), u"has other placeholders"_s);
                isTrue(endOf(text) == endOf(source), u"ends otherwise"_s);
                isTrue(text.startsWith(u' ') == source.startsWith(u' '), u"begins otherwise"_s);
                isTrue(acceleratorsOf(text) == acceleratorsOf(source), u"has other accelerators"_s);
            }
        }
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
    }

    void itHasEachTextOfTheConsole_data() { addLanguages(); }
    void itHasEachTextOfTheConsole()
    {
        QFETCH(QString, language);
        QFETCH(QStringList, options);
        const QString lupdate = QStandardPaths::findExecutable(
            u"lupdate"_s, QStringLiteral(DIALOGUE_LUPDATE_FOLDERS).split(u':'));
        QVERIFY2(!lupdate.isEmpty(), "lupdate is not here (Debian: qt6-l10n-tools)");
        const QTemporaryDir folder;
        const QString copy = folder.filePath(QFileInfo(tsFile(language)).fileName());
        QVERIFY(QFile::copy(tsFile(language), copy));

        QProcess process;
        process.setWorkingDirectory(QStringLiteral(DIALOGUE_SOURCE_DIR));
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(lupdate,
                      options
                          + QStringList{u"-silent"_s, u"-no-obsolete"_s, u"-locations"_s, u"none"_s, u"-I"_s,
                                        u"."_s, u"console"_s, u"-ts"_s, copy});
        QVERIFY(process.waitForFinished(60'000));
        QVERIFY2(process.exitCode() == 0, process.readAll().constData());

        const QStringList known = keysOf(tsFile(language));
        const QStringList found = keysOf(copy);
        QStringList differences;
        for (const QString &key : found) {
            if (!known.contains(key))
                differences.append(u"new:  "_s + key);
        }
        for (const QString &key : known) {
            if (!found.contains(key))
                differences.append(u"gone: "_s + key);
        }
        const QString advice
            = u"The texts of the console are others than those of %1:\n%2\nUpdate it, and translate what is "
              u"new "
              u"there:\n%3 %4-no-obsolete -locations none -I . console -ts console/translations/%1"_s.arg(
                  QFileInfo(copy).fileName(), differences.join(u'\n'), lupdate,
                  options.isEmpty() ? QString() : options.join(u' ') + u' ');
        QVERIFY2(differences.isEmpty(), qPrintable(advice));
    }

    void aTextAndItsPluralAreInTheLanguage_data()
    {
        QTest::addColumn<QLocale>("locale");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("one");
        QTest::addColumn<QString>("two");
        QTest::newRow("German") << QLocale(u"de_AT"_s) << u"Räume"_s << u"1 Raum ist ausgewählt"_s
                                << u"2 Räume sind ausgewählt"_s;
        QTest::newRow("English") << QLocale(u"en_GB"_s) << u"Rooms"_s << u"1 room is selected"_s
                                 << u"2 rooms are selected"_s;
        QTest::newRow("one that is not there")
            << QLocale(u"fr"_s) << u"Rooms"_s << u"1 room is selected"_s << u"2 rooms are selected"_s;
        QTest::newRow("none") << QLocale::c() << u"Rooms"_s << u"1 room is selected"_s
                              << u"2 rooms are selected"_s;
    }
    void aTextAndItsPluralAreInTheLanguage()
    {
        QFETCH(QLocale, locale);
        installTranslations(*QCoreApplication::instance(), locale);
        const char *const view = "dialogue::console::RoomView";
        QTEST(QCoreApplication::translate("dialogue::console::RoomsPage", "Rooms"), "text");
        QTEST(QCoreApplication::translate(view, "%n rooms are selected", nullptr, 1), "one");
        QTEST(QCoreApplication::translate(view, "%n rooms are selected", nullptr, 2), "two");
    }

    void qtsOwnTextsAreInTheSameLanguage()
    {
        installTranslations(*QCoreApplication::instance(), QLocale(QLocale::German));
        QCOMPARE(QCoreApplication::translate("QPlatformTheme", "Cancel"), u"Abbrechen"_s);
        cleanup();
        // There is none of ours: so it is English, and not half French.
        installTranslations(*QCoreApplication::instance(), QLocale(QLocale::French));
        QCOMPARE(QCoreApplication::translate("QPlatformTheme", "Cancel"), u"Cancel"_s);
    }

    void theLanguageIsChosenByAnOption_data()
    {
        QTest::addColumn<QString>("language");
        QTest::addColumn<QString>("error"); // Empty: none.
        QTest::newRow("German") << u"de"_s << QString();
        QTest::newRow("English") << u"en"_s << QString();
        QTest::newRow("one that is not there")
            << u"fr"_s << u"--language: there is no 'fr'; there are: de, en"_s;
        QTest::newRow("none") << u""_s << u"--language: there is no ''; there are: de, en"_s;
    }
    void theLanguageIsChosenByAnOption()
    {
        QFETCH(QString, language);
        QFETCH(QString, error);
        QCommandLineParser parser;
        addOptions(parser);
        QVERIFY(parser.parse({u"dialogue-console"_s, u"--language"_s, language}));
        const Result<QLocale> locale = localeOf(parser);
        QCOMPARE(locale ? QString() : locale.error().text(), error);
        if (locale)
            QCOMPARE(QLocale::languageToCode(locale->language()), language);
    }

    void withoutTheOptionItIsTheSystems()
    {
        QCommandLineParser parser;
        addOptions(parser);
        QVERIFY(parser.parse({u"dialogue-console"_s}));
        const Result<QLocale> locale = localeOf(parser);
        QVERIFY(locale);
        QCOMPARE(*locale, QLocale());
    }
};

DIALOGUE_TEST(TestTranslations, QCoreApplication)
#include "tst_translations.moc"
