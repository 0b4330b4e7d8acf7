#include "process/arguments.h"

#include "testclasses.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace dialogue;

namespace {

Syntax syntax()
{
    return {.name = u"send"_s,
            .operands = u"ROOM [TEXT]"_s,
            .summary = u"Sends."_s,
            .details = u"More."_s,
            .leastOperands = 1,
            .mostOperands = 2,
            .options = {{u"url"_s, u"URL"_s, u"Where."_s, u"http://here"_s, u"TEST_ARGUMENTS_URL"_s},
                        {u"times"_s, u"N"_s, u"How often."_s},
                        {u"loud"_s, {}, u"Louder."_s},
                        {.name = u"to"_s, .value = u"WHO"_s, .help = u"Also."_s, .repeats = true}}};
}

} // namespace

class TestArguments : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void cleanup() { qunsetenv("TEST_ARGUMENTS_URL"); }

    void areReadInAnyOrder()
    {
        const auto read = parseArguments(syntax(), {u"a"_s, u"--times"_s, u"3"_s, u"--loud"_s, u"-"_s});
        QVERIFY(read);
        QCOMPARE(read->operands(), (QStringList{u"a"_s, u"-"_s}));
        QVERIFY(read->isSet(u"loud"_s));
        QCOMPARE(read->wholeNumber(u"times"_s, 1, 5).value_or(0), 3);
        QCOMPARE(read->wholeNumber(u"times"_s, 3, 3).value_or(0), 3);
        QVERIFY(!read->wholeNumber(u"times"_s, 4, 5));
        QVERIFY(!read->wholeNumber(u"times"_s, 1, 2));
    }

    void areTakenAllWhereTheyMayBeGivenSeveralTimes()
    {
        const auto read = parseArguments(
            syntax(), {u"a"_s, u"--to=b"_s, u"--times=3"_s, u"--to"_s, u"c"_s, u"--times=4"_s});
        QVERIFY(read);
        QCOMPARE(read->values(u"to"_s), (QStringList{u"b"_s, u"c"_s}));
        QCOMPARE(read->values(u"times"_s), QStringList{u"4"_s}); // the last one
        QVERIFY(read->values(u"loud"_s).isEmpty());
    }

    void takeAValueThatLooksLikeAnOption()
    {
        const auto read = parseArguments(syntax(), {u"a"_s, u"--times=--loud"_s});
        QVERIFY(read);
        QCOMPARE(read->value(u"times"_s), u"--loud"_s);
        QVERIFY(!read->isSet(u"loud"_s));
    }

    void takeOperandsThatLookLikeOptionsAfterTwoDashes()
    {
        const auto read = parseArguments(syntax(), {u"--loud"_s, u"--"_s, u"--times"_s, u"--help"_s});
        QVERIFY(read);
        QCOMPARE(read->operands(), (QStringList{u"--times"_s, u"--help"_s}));
    }

    void preferTheCommandLineToTheEnvironmentToTheFallback()
    {
        QCOMPARE(parseArguments(syntax(), {u"a"_s})->value(u"url"_s), u"http://here"_s);
        qputenv("TEST_ARGUMENTS_URL", "http://there");
        QCOMPARE(parseArguments(syntax(), {u"a"_s})->value(u"url"_s), u"http://there"_s);
        QCOMPARE(parseArguments(syntax(), {u"a"_s, u"--url=x"_s})->value(u"url"_s), u"x"_s);
    }

    void sayWhatIsWrong_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QString>("text");
        QTest::newRow("unknown, near")
            << QStringList{u"a"_s, u"--time"_s, u"3"_s} << u"unknown option --time; did you mean --times?"_s;
        QTest::newRow("unknown, far") << QStringList{u"a"_s, u"--colour"_s} << u"unknown option --colour"_s;
        QTest::newRow("short")
            << QStringList{u"a"_s, u"-t"_s}
            << u"unknown option -t; options are written --name, and what only begins with a dash stands after --"_s;
        QTest::newRow("no value") << QStringList{u"a"_s, u"--times"_s} << u"needs a value: --times N"_s;
        QTest::newRow("a value too many")
            << QStringList{u"a"_s, u"--loud=1"_s} << u"--loud: takes no value"_s;
        QTest::newRow("no operand") << QStringList{} << u"send needs ROOM [TEXT]"_s;
        QTest::newRow("an operand too many")
            << QStringList{u"a"_s, u"b"_s, u"c"_s} << u"'c' is one too many"_s;
    }

    void sayWhatIsWrong()
    {
        QFETCH(QStringList, words);
        QFETCH(QString, text);
        const auto read = parseArguments(syntax(), words);
        QVERIFY(!read);
        QCOMPARE(read.error().text(), text);
    }

    void askForHelpHoweverWrongTheRestIs()
    {
        const auto read = parseArguments(syntax(), {u"--wrong"_s, u"-h"_s});
        QVERIFY(read);
        QVERIFY(read->isSet(u"help"_s));
    }

    void helpNamesEveryOption()
    {
        const QString help = helpText(syntax(), u"dialogue"_s);
        for (const QString &expected : {u"Usage: dialogue send [options] ROOM [TEXT]"_s, u"--times N"_s,
                                        u"[$TEST_ARGUMENTS_URL] (http://here)"_s, u"--help"_s, u"More.\n"_s})
            QVERIFY2(help.contains(expected), qPrintable(help));
    }
};

DIALOGUE_TEST(TestArguments, NoApplication)
#include "tst_arguments.moc"
