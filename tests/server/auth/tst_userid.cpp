#include "server/auth/userid.h"
#include "testclasses.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace dialogue;

class TestUserId : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void leavesTheServersNameToTheServer_data()
    {
        QTest::addColumn<QString>("userId");
        QTest::newRow("itself") << u"system"_s;
        QTest::newRow("capitals") << u"SyStEm"_s;
        QTest::newRow("blanks around") << u" system\u00a0"_s;
        QTest::newRow("blanks within") << u"s y s\u3000t e m"_s;
        QTest::newRow("zero width") << u"sys\u200btem"_s;
        QTest::newRow("full width") << u"\uff33\uff59\uff53\uff54\uff45\uff4d"_s;
        QTest::newRow("circled") << u"\u24e2\u24e8\u24e2\u24e3\u24d4\u24dc"_s;
        QTest::newRow("bold") << u"\U0001d42c\U0001d432\U0001d42c\U0001d42d\U0001d41e\U0001d426"_s;
        QTest::newRow("long s") << u"\u017fy\u017ftem"_s;
        QTest::newRow("ligature") << u"sy\ufb06em"_s;
    }
    void leavesTheServersNameToTheServer()
    {
        QFETCH(QString, userId);
        const auto checked = checkUserId(userId);
        QVERIFY(!checked);
        QCOMPARE(checked.error().code, ErrorCode::Unauthorized);
    }

    void refusesWhatIsNotSeen()
    {
        for (const QString &userId : {u"ann\u200b"_s, u"\u202enna"_s, u"a\nb"_s}) {
            const auto checked = checkUserId(userId);
            QVERIFY(!checked);
            QVERIFY2(checked.error().message.startsWith(u"A user id must not contain U+"),
                     qPrintable(checked.error().message));
        }
    }

    void takesEverybodyElse()
    {
        for (const QString &userId :
             {u"ann"_s, u"systema"_s, u"my system"_s, u"sys-tem"_s, u"Système"_s, u"山田"_s})
            QVERIFY2(checkUserId(userId), qPrintable(userId));
    }
};

DIALOGUE_TEST(TestUserId, NoApplication)
#include "tst_userid.moc"
