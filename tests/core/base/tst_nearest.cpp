#include "core/base/nearest.h"

#include "testclasses.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace dialogue;

class TestNearest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isTheWordThatWasMeant_data()
    {
        QTest::addColumn<QString>("word");
        QTest::addColumn<QString>("meant");
        QTest::newRow("two letters changed places") << u"tial"_s << u"tail"_s;
        QTest::newRow("a letter is missing") << u"triger"_s << u"trigger"_s;
        QTest::newRow("other capitals") << u"maxsize"_s << u"maxSize"_s;
        QTest::newRow("a slip in a short word") << u"ur"_s << u"url"_s;
        QTest::newRow("two slips in a short word") << u"xyl"_s << QString();
        QTest::newRow("like none") << u"frobnicate"_s << QString();
        QTest::newRow("nothing") << QString() << QString();
        QTest::newRow("longer than any word") << QString(70, u'a') << QString();
    }
    void isTheWordThatWasMeant()
    {
        QFETCH(QString, word);
        QFETCH(QString, meant);
        QCOMPARE(
            nearest(word, {u"tail"_s, u"trigger"_s, u"rooms"_s, u"maxSize"_s, u"url"_s, QString(69, u'a')}),
            meant);
    }

    void isNoFartherThanAsked()
    {
        QCOMPARE(nearest(u"tial"_s, {u"tail"_s}, 1), QString());
        QCOMPARE(nearest(u"tai"_s, {u"tail"_s}, 1), u"tail"_s);
        QCOMPARE(nearest(u"tai"_s, {u"tail"_s}, 0), QString());
    }
};

DIALOGUE_TEST(TestNearest, NoApplication)
#include "tst_nearest.moc"
