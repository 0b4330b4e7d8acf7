#include "server/config/loglevels.h"
#include "testclasses.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace dialogue;

class TestLogLevels : public QObject
{
    Q_OBJECT

    /** The levels at which \a category is heard. */
    static QStringList heard(const QString &rules, const QString &category)
    {
        QStringList types;
        for (const QString &type : {u"critical"_s, u"warning"_s, u"info"_s, u"debug"_s}) {
            if (rules.contains(u"dialogue.%1.%2=true\n"_s.arg(category, type)))
                types.append(type);
        }
        return types;
    }

private Q_SLOTS:
    void sayWhatIsHeard_data()
    {
        QTest::addColumn<QString>("levels");
        QTest::addColumn<int>("ofRooms"); // how many of the four
        QTest::addColumn<int>("ofNet");
        QTest::newRow("errors") << u"error"_s << 1 << 1;
        QTest::newRow("warnings") << u"warning"_s << 2 << 2;
        QTest::newRow("info") << u"info"_s << 3 << 3;
        QTest::newRow("all") << u"debug"_s << 4 << 4;
        QTest::newRow("one category") << u"net=debug"_s << 3 << 4;
        QTest::newRow("the others besides") << u"net=debug,warning"_s << 2 << 4;
        QTest::newRow("in any order") << u"warning, net = debug"_s << 2 << 4;
        QTest::newRow("the last of two") << u"net=debug,net=error,debug"_s << 4 << 1;
    }
    void sayWhatIsHeard()
    {
        QFETCH(QString, levels);
        const auto rules = logFilterRules(levels);
        QVERIFY(rules);
        QTEST(int(heard(*rules, u"rooms"_s).size()), "ofRooms");
        QTEST(int(heard(*rules, u"net"_s).size()), "ofNet");
    }

    void refuseWhatThereIsNot_data()
    {
        QTest::addColumn<QString>("levels");
        QTest::addColumn<QString>("reason");
        QTest::newRow("level") << u"loud"_s << u"no level is called 'loud'; there are error, "_s;
        QTest::newRow("nothing") << QString() << u"no level is called ''"_s;
        QTest::newRow("nothing after a comma") << u"info,"_s << u"no level is called ''"_s;
        QTest::newRow("category") << u"nets=info"_s << u"no category is called 'nets'; there are auth, "_s;
        QTest::newRow("no category") << u"=info"_s << u"no category is called ''"_s;
    }
    void refuseWhatThereIsNot()
    {
        QFETCH(QString, levels);
        QFETCH(QString, reason);
        const auto rules = logFilterRules(levels);
        QVERIFY(!rules);
        QVERIFY2(rules.error().message.startsWith(reason), qPrintable(rules.error().message));
    }
};

DIALOGUE_TEST(TestLogLevels, NoApplication)
#include "tst_loglevels.moc"
