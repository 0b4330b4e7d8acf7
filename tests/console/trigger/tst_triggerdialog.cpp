#include "console/form/dataeditor.h"
#include "console/form/formview.h"
#include "console/look/notice.h"
#include "console/trigger/triggerdialog.h"

#include "dialoguetest.h"
#include "form/orderschema.h"
#include "server/admin/passwordtool.h"
#include "testclasses.h"
#include "tests/console/support/looks.h"

#include <QApplication>
#include <QComboBox>
#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>

using namespace dialogue;
using namespace dialogue::console;
using namespace dialogue::test;
using namespace Qt::StringLiterals;

/** The dialog against a server in the same process, with somebody in the room. */
class TestTriggerDialog : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    QString m_hash;
    std::unique_ptr<Dialogue> m_server;
    std::unique_ptr<AdminConnection> m_connection;
    std::unique_ptr<TestClient> m_customer;
    std::unique_ptr<TriggerStore> m_store;

    void enter(const QString &account);
    [[nodiscard]] std::unique_ptr<TriggerDialog> dialog(const QString &room = u"orders"_s);
    template <class T>
    static T *named(QWidget &in, const QString &name)
    {
        QCoreApplication::processEvents();
        const auto all = in.findChildren<T *>();
        for (T *const each : all) {
            if (each->accessibleName() == name)
                return each;
        }
        return nullptr;
    }
    static QPushButton *button(QWidget &in, const QString &text)
    {
        const auto all = in.findChildren<QPushButton *>();
        for (QPushButton *const each : all) {
            if (each->text() == text)
                return each;
        }
        return nullptr;
    }
    static bool says(QWidget &in, const QString &text)
    {
        const auto all = in.findChildren<QLabel *>();
        return std::any_of(all.begin(), all.end(), [&](const QLabel *label) {
            return label->isVisibleTo(&in) && label->text().contains(text);
        });
    }
    static void pressSend(TriggerDialog &dialog)
    {
        QTest::keyClick(&dialog, Qt::Key_Return, Qt::ControlModifier);
    }
    [[nodiscard]] QJsonObject next() { return m_customer->waitFor(u"dialogue:event"_s).payload.toObject(); }

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void sendsWhatIsWrittenToWhoIsInTheRoom();
    void saysFirstHowManyItWouldReach();
    void beginsWithACapturedEvent();
    void anEventThatTheRoomHasNotIsSaid();
    void whatTheServerRefusesIsMarkedAtItsField();
    void metaGoesWithIt();
    void isNotForAViewer();
    void aRoomThatIsNotThereIsSaid();
    void inAnOpenRoomAnyEventCanBeWritten();
    void repeatsAndStops();
    void aProductionServerIsConfirmedEachTime();
    void templatesAreKept();
    void whatWasSentCanBeTakenUpAgain();
    void staysWhereTheConnectionIsLost();
    void whatWasLostOnTheWayIsDoneOnce();
    void enterInAFieldSendsNothing();
    void looks();
};

void TestTriggerDialog::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    const auto hash = admin::hashOfPassword("long enough");
    QVERIFY(hash);
    m_hash = QString::fromLatin1(*hash);
}

void TestTriggerDialog::init()
{
    ServerConfig config{.port = 0, .workers = 0};
    RoomConfig orders{.id = u"orders"_s,
                      .name = u"Orders"_s,
                      .events = {defineEvent(u"order"_s, *Schema::fromJson(orderSchema())),
                                 defineEvent(u"closed"_s, Schema::object({{"why", Schema::string()}}))},
                      .defaultSubscriptions = {u"order"_s}};
    config.rooms = {orders, RoomConfig{.id = u"open"_s, .name = u"Open"_s}};
    config.admin.accounts
        = {{.name = u"otto"_s, .password = m_hash, .role = AdminRole::Operator, .rooms = {u"*"_s}},
           {.name = u"vera"_s, .password = m_hash, .role = AdminRole::Viewer, .rooms = {u"*"_s}}};
    m_server = std::make_unique<Dialogue>(config);
    QVERIFY(m_server->start());
    m_customer = std::make_unique<TestClient>(m_server->port(), as(u"carl"_s));
    QVERIFY(m_customer->ask(u"dialogue:join"_s, in(u"orders"_s))[u"ok"_s].toBool());
    m_store = std::make_unique<TriggerStore>(m_folder.filePath(u"triggers.json"_s));
}

void TestTriggerDialog::cleanup()
{
    m_connection.reset();
    m_customer.reset();
    m_server.reset();
    m_store.reset();
    QFile::remove(m_folder.filePath(u"triggers.json"_s));
}

void TestTriggerDialog::enter(const QString &account)
{
    ClientConfig config;
    config.url = QUrl(u"http://127.0.0.1:%1"_s.arg(m_server->port()));
    config.auth = QJsonObject{{u"account"_s, account}, {u"password"_s, u"long enough"_s}};
    m_connection = std::make_unique<AdminConnection>(config);
    m_connection->open();
    QTRY_VERIFY(m_connection->isIn());
}

std::unique_ptr<TriggerDialog> TestTriggerDialog::dialog(const QString &room)
{
    auto dialog = std::make_unique<TriggerDialog>(*m_connection, room);
    dialog->setStore(m_store.get());
    dialog->show();
    const bool isThere = QTest::qWaitFor([&] { return !says(*dialog, u"Asking for the room's events"_s); });
    return isThere && QTest::qWaitForWindowExposed(dialog.get()) ? std::move(dialog) : nullptr;
}

void TestTriggerDialog::sendsWhatIsWrittenToWhoIsInTheRoom()
{
    enter(u"otto"_s);
    const auto dialog = this->dialog();
    QTRY_VERIFY(says(*dialog, u"Would reach 1 participant."_s));
    auto *const names = named<QComboBox>(*dialog, u"Event"_s);
    QCOMPARE(names->count(), 2);
    names->setFocus();
    QTest::keyClick(names, Qt::Key_Down);
    QCOMPARE(names->currentText(), u"order"_s);
    dialog->fill(u"order"_s, order());
    auto *const name = named<QLineEdit>(*dialog, u"name"_s);
    name->setFocus();
    name->selectAll();
    QTest::keyClicks(name, u"Grace Hopper"_s);
    const QSignalSpy sent(dialog.get(), &TriggerDialog::sent);
    pressSend(*dialog);
    QTRY_COMPARE(sent.size(), 1);
    const QJsonObject event = next();
    QJsonObject expected = order();
    expected[u"customer"_s] = QJsonObject{{u"name"_s, u"Grace Hopper"_s},
                                          {u"email"_s, order()[u"customer"_s][u"email"_s]},
                                          {u"address"_s, order()[u"customer"_s][u"address"_s]}};
    QCOMPARE(event[u"data"_s].toObject(), expected);
    QCOMPARE(event[u"data"_s][u"orderId"_s].toInteger(), 9007199254740993);
    QVERIFY(says(*dialog, u"✓ Done, at offset 1."_s));
}

void TestTriggerDialog::saysFirstHowManyItWouldReach()
{
    enter(u"otto"_s);
    const auto dialog = this->dialog();
    QTRY_VERIFY(says(*dialog, u"Would reach 1 participant."_s));
    QCOMPARE(m_server->room(u"orders"_s)->offset(), quint64(0));
    m_customer->close();
    QTRY_COMPARE(m_server->room(u"orders"_s)->size(), 0);
    QTest::mouseClick(button(*dialog, u"&Count again"_s), Qt::LeftButton);
    QTRY_VERIFY(says(*dialog, u"Would reach nobody"_s));
}

void TestTriggerDialog::beginsWithACapturedEvent()
{
    enter(u"otto"_s);
    TriggerDialog dialog(*m_connection, u"orders"_s);
    dialog.setStore(m_store.get());
    dialog.fill(u"order"_s, order()); // Before it knows the events.
    dialog.show();
    QTRY_COMPARE(dialog.trigger(), (Trigger{.event = u"order"_s, .data = order()}));
    QCOMPARE(named<QLineEdit>(dialog, u"name"_s)->text(), u"Ada Lovelace"_s);
}

void TestTriggerDialog::anEventThatTheRoomHasNotIsSaid()
{
    enter(u"otto"_s);
    const auto dialog = this->dialog();
    dialog->fill(u"gone"_s, 1);
    QTRY_VERIFY(says(*dialog, u"no event \"gone\""_s));
    QTRY_VERIFY(!button(*dialog, u"&Send"_s) || !button(*dialog, u"&Send"_s)->isEnabled());
}

void TestTriggerDialog::whatTheServerRefusesIsMarkedAtItsField()
{
    enter(u"otto"_s);
    const auto dialog = this->dialog();
    QJsonObject wrong = order();
    wrong.insert(u"items"_s,
                 QJsonArray{QJsonObject{{u"sku"_s, u"x"_s}, {u"quantity"_s, 1}, {u"price"_s, 1}}});
    dialog->fill(u"order"_s, wrong);
    QTRY_VERIFY(button(*dialog, u"&Send anyway"_s)); // Our own validator says so.
    const QSignalSpy sent(dialog.get(), &TriggerDialog::sent);
    pressSend(*dialog);
    QTRY_COMPARE(sent.size(), 1);
    QVERIFY(says(*dialog, u"VALIDATION_FAILED"_s));
    QCOMPARE(QApplication::focusWidget(), named<QLineEdit>(*dialog, u"sku"_s));
    QVERIFY(says(*dialog, u"✕ must match the pattern ^[A-Z]{2}-[0-9]{4}$, is x"_s));
    QCOMPARE(m_server->room(u"orders"_s)->offset(), quint64(0));
    QVERIFY(!m_store->sent().first().isGood);
}

void TestTriggerDialog::metaGoesWithIt()
{
    enter(u"otto"_s);
    const auto dialog = this->dialog();
    dialog->fill(u"order"_s, order());
    named<QPlainTextEdit>(*dialog, u"Meta"_s)->setPlainText(u"{\"trace\": 7}"_s);
    pressSend(*dialog);
    QCOMPARE(next()[u"meta"_s], QJsonValue(QJsonObject{{u"trace"_s, 7}, {u"admin"_s, u"otto"_s}}));
    named<QPlainTextEdit>(*dialog, u"Meta"_s)->setPlainText(u"7"_s);
    QTRY_VERIFY(says(*dialog, u"Meta must be an object."_s));
}

void TestTriggerDialog::isNotForAViewer()
{
    enter(u"vera"_s);
    const auto dialog = this->dialog();
    QVERIFY(dialog->findChild<Notice *>()->isTelling());
    QVERIFY(says(*dialog, u"Not permitted to this account"_s));
}

void TestTriggerDialog::aRoomThatIsNotThereIsSaid()
{
    enter(u"otto"_s);
    const auto dialog = this->dialog(u"gone"_s);
    QTRY_VERIFY(says(*dialog, u"There is no room 'gone'"_s));
    QVERIFY(button(*dialog, u"Try again"_s)->isVisible());
}

void TestTriggerDialog::inAnOpenRoomAnyEventCanBeWritten()
{
    enter(u"otto"_s);
    const auto dialog = this->dialog(u"open"_s);
    auto *const names = named<QComboBox>(*dialog, u"Event"_s);
    QTRY_VERIFY(names->isEditable());
    QTest::keyClicks(names->lineEdit(), u"hello"_s);
    const QSignalSpy sent(dialog.get(), &TriggerDialog::sent);
    pressSend(*dialog);
    QTRY_COMPARE(sent.size(), 1);
    QCOMPARE(m_server->room(u"open"_s)->offset(), quint64(1));
}

void TestTriggerDialog::repeatsAndStops()
{
    enter(u"otto"_s);
    const auto dialog = this->dialog();
    dialog->fill(u"order"_s, order());
    named<QSpinBox>(*dialog, u"How many times"_s)->setValue(3);
    named<QSpinBox>(*dialog, u"Milliseconds from one to the next"_s)->setValue(20);
    const QSignalSpy sent(dialog.get(), &TriggerDialog::sent);
    pressSend(*dialog);
    QTRY_COMPARE(sent.size(), 1);
    QCOMPARE(m_server->room(u"orders"_s)->offset(), quint64(3));
    QVERIFY(says(*dialog, u"✓ 3 sent. Done, at offset 3."_s));
    // For ever, if nobody stops it.
    named<QSpinBox>(*dialog, u"How many times"_s)->setValue(TriggerRun::MostTimes);
    named<QSpinBox>(*dialog, u"Milliseconds from one to the next"_s)->setValue(TriggerRun::LongestInterval);
    pressSend(*dialog);
    QTRY_COMPARE(m_server->room(u"orders"_s)->offset(), quint64(4));
    QTest::keyClick(button(*dialog, u"St&op"_s), Qt::Key_Space);
    QTRY_COMPARE(sent.size(), 2);
    QCOMPARE(m_server->room(u"orders"_s)->offset(), quint64(4));
    QCOMPARE(m_store->sent().first().times, 1);
}

void TestTriggerDialog::aProductionServerIsConfirmedEachTime()
{
    enter(u"otto"_s);
    const auto dialog = this->dialog();
    dialog->setConfirmation(u"shop"_s);
    dialog->fill(u"order"_s, order());
    QTRY_VERIFY(says(*dialog, u"T&ype shop to send"_s));
    QVERIFY(!button(*dialog, u"&Send"_s)->isEnabled());
    pressSend(*dialog);
    auto *const typed = named<QLineEdit>(*dialog, u"Confirmation"_s);
    QTest::keyClicks(typed, u"shop"_s);
    QTRY_VERIFY(button(*dialog, u"&Send"_s)->isEnabled());
    const QSignalSpy sent(dialog.get(), &TriggerDialog::sent);
    pressSend(*dialog);
    QTRY_COMPARE(sent.size(), 1);
    QCOMPARE(m_server->room(u"orders"_s)->offset(), quint64(1));
    QCOMPARE(typed->text(), QString());
    QVERIFY(!button(*dialog, u"&Send"_s)->isEnabled());
}

void TestTriggerDialog::templatesAreKept()
{
    enter(u"otto"_s);
    {
        const auto dialog = this->dialog();
        dialog->fill(u"order"_s, order());
        auto *const names = named<QComboBox>(*dialog, u"Template"_s);
        QTest::keyClicks(names->lineEdit(), u"an order"_s);
        QTest::mouseClick(named<QPushButton>(*dialog, u"Save as a template"_s), Qt::LeftButton);
    }
    // By another run of the program.
    TriggerStore store(m_folder.filePath(u"triggers.json"_s));
    QVERIFY(store.load());
    TriggerDialog dialog(*m_connection, u"orders"_s);
    dialog.setStore(&store);
    dialog.show();
    QTRY_COMPARE(named<QComboBox>(dialog, u"Event"_s)->count(), 2);
    auto *const names = named<QComboBox>(dialog, u"Template"_s);
    QCOMPARE(names->count(), 1);
    names->setFocus();
    QTest::keyClick(names, Qt::Key_Down);
    QCOMPARE(dialog.trigger().event, u"order"_s);
    QCOMPARE(dialog.trigger().data, QJsonValue(order()));
    QTest::mouseClick(named<QPushButton>(dialog, u"Delete the template"_s), Qt::LeftButton);
    QVERIFY(store.templates().isEmpty());
}

void TestTriggerDialog::whatWasSentCanBeTakenUpAgain()
{
    enter(u"otto"_s);
    const auto dialog = this->dialog();
    dialog->fill(u"order"_s, order());
    const QSignalSpy sent(dialog.get(), &TriggerDialog::sent);
    pressSend(*dialog);
    QTRY_COMPARE(sent.size(), 1);
    dialog->fill(u"closed"_s, QJsonObject{{u"why"_s, u"late"_s}});
    auto *const list = named<QTreeWidget>(*dialog, u"What was sent"_s);
    QCOMPARE(list->topLevelItemCount(), 1);
    dialog->findChild<QTabWidget *>()->setCurrentIndex(3);
    list->setCurrentItem(list->topLevelItem(0));
    QTest::keyClick(button(*dialog, u"&Use again"_s), Qt::Key_Space);
    QCOMPARE(dialog->trigger(), (Trigger{.event = u"order"_s, .data = order()}));
}

void TestTriggerDialog::staysWhereTheConnectionIsLost()
{
    enter(u"otto"_s);
    const auto dialog = this->dialog();
    dialog->fill(u"order"_s, order());
    m_connection->close();
    QTRY_VERIFY(says(*dialog, u"Not connected; what is written stays."_s));
    QVERIFY(!button(*dialog, u"&Send"_s)->isEnabled());
    QCOMPARE(dialog->trigger().data, QJsonValue(order()));
    m_connection->open();
    QTRY_VERIFY(says(*dialog, u"Would reach 1 participant."_s));
    QCOMPARE(dialog->trigger().data, QJsonValue(order()));
}

void TestTriggerDialog::whatWasLostOnTheWayIsDoneOnce()
{
    enter(u"otto"_s);
    const auto dialog = this->dialog();
    dialog->fill(u"order"_s, order());
    const QSignalSpy sent(dialog.get(), &TriggerDialog::sent);
    // Done, and the answer finds nobody.
    connect(
        m_server.get(), &Dialogue::eventTriggered, this, [this] { m_connection->close(); },
        Qt::SingleShotConnection);
    pressSend(*dialog);
    QTRY_COMPARE(sent.size(), 1);
    QVERIFY(says(*dialog, u"Whether it was done is not known"_s));
    m_connection->open();
    QTRY_VERIFY(says(*dialog, u"Would reach 1 participant."_s));
    pressSend(*dialog);
    QTRY_COMPARE(sent.size(), 2);
    QVERIFY(says(*dialog, u"✓ Done, at offset 1."_s));
    QCOMPARE(m_server->room(u"orders"_s)->offset(), quint64(1));
}

void TestTriggerDialog::enterInAFieldSendsNothing()
{
    enter(u"otto"_s);
    const auto dialog = this->dialog();
    dialog->fill(u"order"_s, order());
    auto *const name = named<QLineEdit>(*dialog, u"name"_s);
    name->setFocus();
    QTest::keyClick(name, Qt::Key_Return);
    QVERIFY(dialog->isVisible());
    QVERIFY(button(*dialog, u"&Send"_s)->isVisible());
    QVERIFY(m_store->sent().isEmpty());
}

void TestTriggerDialog::looks()
{
    enter(u"otto"_s);
    for (const bool isDark : {false, true}) {
        const QString look = isDark ? u"dark"_s : u"light"_s;
        QApplication::setPalette(lookPalette(isDark));
        const auto dialog = this->dialog();
        dialog->fill(u"order"_s, order());
        dialog->resize(720, 860);
        QTRY_VERIFY(says(*dialog, u"Would reach 1 participant."_s));
        QTRY_VERIFY(!dialog->findChild<DataEditor *>()->isChecking());
        QCoreApplication::processEvents();
        QVERIFY(writeLook(*dialog, u"trigger-"_s + look));
        dialog->setConfirmation(u"shop.example.org"_s);
        QJsonObject wrong = order();
        wrong.insert(u"customer"_s, QJsonObject{{u"name"_s, u"Ada Lovelace"_s}, {u"email"_s, u"nobody"_s}});
        dialog->fill(u"order"_s, wrong);
        QTest::keyClicks(named<QLineEdit>(*dialog, u"Confirmation"_s), u"shop.example.org"_s);
        QTRY_VERIFY(button(*dialog, u"&Send anyway"_s));
        const QSignalSpy sent(dialog.get(), &TriggerDialog::sent);
        pressSend(*dialog);
        QTRY_COMPARE(sent.size(), 1);
        QTRY_VERIFY(says(*dialog, u"Would reach 1 participant."_s));
        QVERIFY(writeLook(*dialog, u"trigger-refused-"_s + look));
        dialog->findChild<QTabWidget *>()->setCurrentIndex(3);
        QCoreApplication::processEvents();
        QVERIFY(writeLook(*dialog, u"trigger-history-"_s + look));
        dialog->findChild<QTabWidget *>()->setCurrentIndex(2);
        QCoreApplication::processEvents();
        QVERIFY(writeLook(*dialog, u"trigger-meta-"_s + look));
        QVERIFY(dialog->width() >= dialog->minimumSizeHint().width());
        QVERIFY(dialog->height() >= dialog->minimumSizeHint().height());
    }
    QApplication::setPalette(QPalette());
}

DIALOGUE_TEST(TestTriggerDialog, QApplication)
#include "tst_triggerdialog.moc"
