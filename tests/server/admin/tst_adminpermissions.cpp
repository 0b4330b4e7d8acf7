#include "server/admin/permissions.h"
#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace dialogue::admin;
using namespace Qt::StringLiterals;

/** What each role of /admin may do. */
class TestAdminPermissions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachRoleMayWhatTheOneBeforeMay_data()
    {
        QTest::addColumn<QString>("permissions");
        QTest::newRow("0") << u"look"_s;
        QTest::newRow("1") << u"look seePayloads seeUsers"_s;
        QTest::newRow("2") << u"look seePayloads seeUsers act"_s;
        QTest::newRow("3") << u"look seePayloads seeUsers act govern audit"_s;
    }
    void eachRoleMayWhatTheOneBeforeMay()
    {
        QFETCH(QString, permissions);
        const auto role = AdminRole(QString::fromLatin1(QTest::currentDataTag()).toInt());
        QCOMPARE(permissionsOf(role).join(u' '), permissions);
        using P = admin::Permission;
        for (const P each : {P::Look, P::SeePayloads, P::SeeUsers, P::Act, P::Govern, P::Audit})
            QCOMPARE(allows(role, each), permissions.split(u' ').contains(nameOf(each)));
    }

    void aPatternIsAnIdOrItsBeginning_data()
    {
        QTest::addColumn<QStringList>("patterns");
        QTest::addColumn<bool>("matching");
        QTest::newRow("itself") << QStringList{u"game-1"_s} << true;
        QTest::newRow("beginning") << QStringList{u"game-*"_s} << true;
        QTest::newRow("all") << QStringList{u"*"_s} << true;
        QTest::newRow("one of several") << QStringList{u"chat"_s, u"g*"_s} << true;
        QTest::newRow("another") << QStringList{u"game"_s} << false;
        QTest::newRow("longer") << QStringList{u"game-1*x"_s, u"game-12*"_s} << false;
        QTest::newRow("capitals") << QStringList{u"Game-*"_s} << false;
        QTest::newRow("none") << QStringList() << false;
    }
    void aPatternIsAnIdOrItsBeginning()
    {
        QFETCH(QStringList, patterns);
        QTEST(matches(patterns, u"game-1"), "matching");
    }
};

DIALOGUE_TEST(TestAdminPermissions, QCoreApplication)
#include "tst_adminpermissions.moc"
