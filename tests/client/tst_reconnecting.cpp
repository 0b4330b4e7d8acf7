#include <QTest>
class TestReconnecting : public QObject { Q_OBJECT };
QTEST_GUILESS_MAIN(TestReconnecting)
#include "tst_reconnecting.moc"
