#include "server/types/sourcetext.h"

#include "testclasses.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace dialogue::types;

/** Texts of strangers in the source of a program. */
class TestSourceText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void areLiterals_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("typeScriptText");
        QTest::addColumn<QString>("cppText");
        const auto row = [](const char *name, const QString &text, const char *typeScriptText,
                            const char *cppText) {
            QTest::newRow(name) << text << QString::fromUtf8(typeScriptText) << QString::fromUtf8(cppText);
        };
        row("plain", u"a b"_s, "\"a b\"", "u\"a b\"");
        row("a quote", u"\""_s, "\"\\u0022\"", "u\"\\042\"");
        row("a backslash", u"\\"_s, "\"\\u005c\"", "u\"\\134\"");
        row("ends of lines", u"\r\n"_s, "\"\\u000d\\u000a\"", "u\"\\015\\012\"");
        row("a zero before a digit", QString(QChar(0)) + u'1', "\"\\u00001\"", "u\"\\0001\"");
        row("a line separator", QString(QChar(0x2028)), "\"\\u2028\"", "u\"\\u2028\"");
        row("half a pair", QString(QChar(0xD800)) + u'a', "\"\\ud800a\"", "u\"\\xd800\" u\"a\"");
        row("a pair", QString::fromUcs4(U"\U0001F600"), "\"\\ud83d\\ude00\"", "u\"\\U0001f600\"");
        row("what C++ names by no escape", QString(QChar(0x85)), "\"\\u0085\"", "u\"\\205\"");
        row("a template of TypeScript", u"`${x}`"_s, "\"\\u0060\\u0024{x}\\u0060\"", "u\"`${x}`\"");
        row("a trigraph", u"??"_s + u'/',
            "\"?"
            "?/\"",
            "u\"\\077\\077/\"");
    }
    void areLiterals()
    {
        QFETCH(QString, text);
        QTEST(typeScriptString(text), "typeScriptText");
        QTEST(cppString(text), "cppText");
    }

    void areComments_data()
    {
        QTest::addColumn<QStringList>("paragraphs");
        QTest::addColumn<QString>("written");
        QTest::newRow("nothing") << QStringList{QString(), u" \n"_s} << QString();
        QTest::newRow("a line") << QStringList{u"A chat."_s} << u"  /** A chat. */\n"_s;
        QTest::newRow("paragraphs") << QStringList{u"One\nTwo"_s, {}, u"Three"_s}
                                    << u"  /**\n   * One\n   * Two\n   *\n   * Three\n   */\n"_s;
        QTest::newRow("its end") << QStringList{u"a */ b **/"_s} << u"  /** a * / b ** / */\n"_s;
        QTest::newRow("a beginning") << QStringList{u"/* a"_s} << u"  /** / * a */\n"_s;
        QTest::newRow("an end out of two") << QStringList{u"*/*/"_s} << u"  /** * / * / */\n"_s;
        QTest::newRow("what ends lines elsewhere")
            << QStringList{u"a\r\u2028\u2029b"_s} << u"  /** a\\u000d\\u2028\\u2029b */\n"_s;
        QTest::newRow("what turns the direction") << QStringList{u"\u202ea"_s} << u"  /** \\u202ea */\n"_s;
        QTest::newRow("an order") << QStringList{u" @ts-ignore"_s, u"b"_s}
                                  << u"  /**\n   * \\@ts-ignore\n   *\n   * b\n   */\n"_s;
        QTest::newRow("a slash at the end") << QStringList{u"a\n/"_s} << u"  /**\n   * a\n   * /\n   */\n"_s;
    }
    void areComments()
    {
        QFETCH(QStringList, paragraphs);
        QTEST(comment(paragraphs, u"  "_s), "written");
    }

    void arePatterns()
    {
        QCOMPARE(typeScriptPattern(u"game-*"), u"`game-${string}`"_s);
        QCOMPARE(typeScriptPattern(u"*`${a}\\*"), u"`${string}\\u0060\\u0024{a}\\u005c${string}`"_s);
    }
};

DIALOGUE_TEST(TestSourceText, QCoreApplication)
#include "tst_sourcetext.moc"
