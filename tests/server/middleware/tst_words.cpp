#include "server/middleware/wordlist.h"
#include "testclasses.h"

#include <QTest>

#include <limits>

using namespace Qt::StringLiterals;
using namespace dialogue;

class TestWords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void areTheLettersAndDigitsInARow_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("words");
        const auto row = [](const char *what, const QString &text, const QString &words) {
            QTest::newRow(what) << text << words;
        };
        row("none", QString(), QString());
        row("gaps alone", u" .,!?-_ "_s, QString());
        row("one", u"spam"_s, u"spam"_s);
        row("several", u"Buy now, 2 for 1!"_s, u"buy|now|2|for|1"_s);
        row("apart by a dot, a line and an underscore", u"a.b_c-d"_s, u"a|b|c|d"_s);
        row("capitals of other alphabets", u"ПРИВЕТ Ωμέγα"_s, u"привет|ωμέγα"_s);
        row("a letter that folds to two", u"Straße STRASSE"_s, u"strasse|strasse"_s);
        row("an accent of its own", u"cafe\u0301"_s, u"caf\u00e9"_s);
        row("an accent that is part of the letter", u"CAF\u00c9"_s, u"caf\u00e9"_s);
        row("wide letters", u"\uff33\uff30\uff21\uff2d"_s, u"spam"_s);
        row("with what is not seen", u"s\u00adp\u200da\u2060m"_s, u"spam"_s);
        row("what is not seen alone", u"\u200d\u00ad"_s, QString());
        row("letters beyond the first plane", u"\U0001d52d\U0001d52e"_s, u"pq"_s);
        row("an emoji is a gap", u"a\U0001f600b"_s, u"a|b"_s);
        row("half of a pair is a gap", QString(u"a"_s + QChar(0xd83d) + u"b"_s), u"a|b"_s);
        row("Chinese", u"买药now"_s, u"买|药|now"_s);
        row("Thai", u"\u0e01\u0e33"_s, u"\u0e01|\u0e4d\u0e32"_s);
    }
    void areTheLettersAndDigitsInARow()
    {
        QFETCH(QString, text);
        QStringList words;
        for (const Word &word : wordsOf(text)) {
            QVERIFY(word.begin < word.end && word.end <= text.size());
            words.append(QString::fromStdU16String(word.folded));
        }
        QTEST(words.join(u'|'), "words");
    }

    void standWhereTheyAreInTheText()
    {
        const auto words = wordsOf(u"a Straße\U0001f600ok"_s);
        QCOMPARE(words.size(), 3u);
        QCOMPARE(words[1].begin, 2);
        QCOMPARE(words[1].end, 8);
        QCOMPARE(words[2].begin, 10);
        QCOMPARE(words[2].end, 12);
    }

    void areFoundWhole_data()
    {
        QTest::addColumn<QStringList>("list");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("found");
        const auto row = [](const char *what, const QStringList &list, const QString &text,
                            const QStringList &found) { QTest::newRow(what) << list << text << found; };
        row("alone", {u"spam"_s}, u"spam"_s, {u"spam"_s});
        row("in capitals", {u"spam"_s}, u"so SPAM it is"_s, {u"SPAM"_s});
        row("listed in capitals", {u"SPAM"_s}, u"spam"_s, {u"spam"_s});
        row("not as a part of one", {u"spam"_s}, u"spammer antispam spam2"_s, {});
        row("between signs", {u"spam"_s}, u"(spam)! x-spam_y"_s, {u"spam"_s, u"spam"_s});
        row("each time", {u"a"_s}, u"a b a"_s, {u"a"_s, u"a"_s});
        row("several in a row", {u"buy now"_s}, u"buy now"_s, {u"buy now"_s});
        row("whatever is between them", {u"buy now"_s}, u"Buy -- NOW"_s, {u"Buy -- NOW"_s});
        row("not when another word is", {u"buy now"_s}, u"buy it now"_s, {});
        row("not the beginning of several", {u"buy now"_s}, u"buy"_s, {});
        row("the longest", {u"buy"_s, u"buy right now"_s, u"buy now"_s}, u"buy right now"_s,
            {u"buy right now"_s});
        row("in Chinese", {u"买药"_s}, u"在这里买药吗"_s, {u"买药"_s});
        row("by another alphabet", {u"спам"_s}, u"Спам!"_s, {u"Спам"_s});
    }
    void areFoundWhole()
    {
        QFETCH(QStringList, list);
        QFETCH(QString, text);
        std::vector<TextRange> ranges;
        int steps = 1000;
        QVERIFY(WordList(list).find(text, ranges, steps));
        QStringList found;
        for (const TextRange &range : ranges)
            found.append(text.sliced(range.begin, range.end - range.begin));
        QTEST(found, "found");
    }

    void areLookedForInSoManySteps()
    {
        QStringList alike;
        for (int i = 0; i < 1000; ++i)
            alike.append(u"a b%1"_s.arg(i));
        const WordList list(alike);
        const QString text = u"a "_s.repeated(1000);
        std::vector<TextRange> found;
        int steps = 100'000;
        QVERIFY(!list.find(text, found, steps));
        steps = std::numeric_limits<int>::max();
        QVERIFY(list.find(text, found, steps));
        QVERIFY(found.empty());
    }
};

DIALOGUE_TEST(TestWords, NoApplication)
#include "tst_words.moc"
