#include "console/model/textsearch.h"

#include "testclasses.h"

#include <QRandomGenerator>
#include <QTest>

using namespace dialogue::console;
using namespace Qt::StringLiterals;

class TestTextSearch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void finds_data();
    void finds();
    void agreesWithTheNaiveOne();
    void tellsWhetherItNarrows_data();
    void tellsWhetherItNarrows();
};

void TestTextSearch::finds_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("in");
    QTest::addColumn<bool>("found");
    QTest::newRow("nothing") << QString() << u"abc"_s << true;
    QTest::newRow("nothing in nothing") << QString() << QString() << true;
    QTest::newRow("something in nothing") << u"a"_s << QString() << false;
    QTest::newRow("the whole") << u"abc"_s << u"abc"_s << true;
    QTest::newRow("at the end") << u"c"_s << u"abc"_s << true;
    QTest::newRow("longer") << u"abcd"_s << u"abc"_s << false;
    QTest::newRow("small finds capitals") << u"ann"_s << u"{\"name\":\"ANN\"}"_s << true;
    QTest::newRow("capitals find capitals alone") << u"Ann"_s << u"ann ANN"_s << false;
    QTest::newRow("capitals") << u"Ann"_s << u"annAnn"_s << true;
    QTest::newRow("of several bytes") << u"\u00e9t"_s << u"l'\u00e9t\u00e9"_s << true;
    QTest::newRow("no letter") << u"@["_s << u"`{"_s << false;
}

void TestTextSearch::finds()
{
    QFETCH(QString, text);
    QFETCH(QString, in);
    QFETCH(bool, found);
    QCOMPARE(TextSearch(text).isIn(QByteArrayView(in.toUtf8())), found);
    QCOMPARE(TextSearch(text).isIn(QStringView(in)), found);
}

void TestTextSearch::agreesWithTheNaiveOne()
{
    QRandomGenerator random(4);
    const auto word = [&](int size) {
        QString text;
        while (size-- > 0)
            text += u"abAB"_s[random.bounded(4)];
        return text;
    };
    for (int i = 0; i < 20'000; ++i) {
        const QString text = random.bounded(2) ? word(random.bounded(6)) : word(random.bounded(6)).toLower();
        const QString in = word(random.bounded(20));
        const bool capitals = text != text.toLower();
        QCOMPARE(TextSearch(text).isIn(QByteArrayView(in.toUtf8())),
                 in.contains(text, capitals ? Qt::CaseSensitive : Qt::CaseInsensitive));
    }
}

void TestTextSearch::tellsWhetherItNarrows_data()
{
    QTest::addColumn<QString>("now");
    QTest::addColumn<QString>("before");
    QTest::addColumn<bool>("narrows");
    QTest::newRow("something, nothing") << u"a"_s << QString() << true;
    QTest::newRow("nothing, something") << QString() << u"a"_s << false;
    QTest::newRow("longer") << u"xab"_s << u"ab"_s << true;
    QTest::newRow("shorter") << u"a"_s << u"ab"_s << false;
    QTest::newRow("capitals, small") << u"AB"_s << u"a"_s << true;
    QTest::newRow("small, capitals") << u"ab"_s << u"A"_s << false;
    QTest::newRow("capitals, others") << u"aB"_s << u"A"_s << false;
}

void TestTextSearch::tellsWhetherItNarrows()
{
    QFETCH(QString, now);
    QFETCH(QString, before);
    QFETCH(bool, narrows);
    QCOMPARE(TextSearch(now).narrows(TextSearch(before)), narrows);
}

DIALOGUE_TEST(TestTextSearch, NoApplication)
#include "tst_textsearch.moc"
