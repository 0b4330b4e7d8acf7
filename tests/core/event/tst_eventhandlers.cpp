#include "core/event/eventhandlers.h"

#include "core/base/exceptions.h"
#include "core/base/logging.h"
#include "testclasses.h"

#include <QPointer>
#include <QTest>
#include <QThread>

#include <atomic>
#include <memory>
#include <stdexcept>

using namespace dialogue;
using namespace Qt::StringLiterals;

/** In which order, in which thread and for how long handlers are called. */
class TestEventHandlers : public QObject
{
    Q_OBJECT

    static std::shared_ptr<ExceptionLog> log()
    {
        return std::make_shared<ExceptionLog>(lcRooms, u"handlers"_s);
    }
    static EventMessage named(const QString &event)
    {
        return {.event = event, .roomId = u"chat"_s, .data = {}, .from = {}};
    }

private Q_SLOTS:
    void callsThoseOfTheEventFirstAndThenThoseOfAny()
    {
        EventHandlers handlers(log());
        QStringList heard;
        const auto add = [&](const QString &event, const QString &who) {
            handlers.add(event, this, [&heard, who](const EventMessage &) { heard.append(who); });
        };
        QVERIFY(handlers.isEmpty());
        add(u"*"_s, u"any 1"_s);
        add(u"said"_s, u"said 1"_s);
        add(u"other"_s, u"other"_s);
        add(u"*"_s, u"any 2"_s);
        add(u"said"_s, u"said 2"_s);
        QVERIFY(!handlers.isEmpty());
        handlers.call(named(u"said"_s));
        QCOMPARE(heard, (QStringList{u"said 1"_s, u"said 2"_s, u"any 1"_s, u"any 2"_s}));
        heard.clear();
        handlers.call(named(u"*"_s)); // A name as any other, and nobody is called twice for it.
        QCOMPARE(heard, (QStringList{u"any 1"_s, u"any 2"_s}));
    }

    void endsWithItsContextOrWhenAsked()
    {
        EventHandlers handlers(log());
        int heard = 0;
        auto context = std::make_unique<QObject>();
        handlers.add(u"said"_s, context.get(), [&](const EventMessage &) { heard += 1; });
        const auto connection = handlers.add(u"said"_s, this, [&](const EventMessage &) { heard += 10; });
        handlers.call(named(u"said"_s));
        QCOMPARE(heard, 11);
        context.reset();
        handlers.call(named(u"said"_s));
        QCOMPARE(heard, 21);
        QVERIFY(QObject::disconnect(connection));
        handlers.call(named(u"said"_s));
        QCOMPARE(heard, 21);
    }

    void aHandlerMayAddHandlersAndEndThemAll()
    {
        auto handlers = std::make_unique<EventHandlers>(log());
        QStringList heard;
        handlers->add(u"said"_s, this, [&](const EventMessage &) {
            heard.append(u"first"_s);
            handlers->add(u"said"_s, this, [&](const EventMessage &) { heard.append(u"added"_s); });
        });
        handlers->call(named(u"said"_s));
        QCOMPARE(heard, QStringList{u"first"_s});
        handlers->clear();
        handlers->add(u"said"_s, this, [&](const EventMessage &) { handlers.reset(); });
        handlers->add(u"said"_s, this, [&](const EventMessage &) { heard.append(u"behind"_s); });
        handlers->add(u"*"_s, this, [&](const EventMessage &) { heard.append(u"any"_s); });
        handlers->call(named(u"said"_s));
        QVERIFY(!handlers);
        QCOMPARE(heard, QStringList{u"first"_s});
    }

    void callsInTheThreadOfTheContext()
    {
        EventHandlers handlers(log());
        QThread thread;
        auto *const context = new QObject;
        context->moveToThread(&thread);
        thread.start();
        std::atomic<QThread *> in = nullptr;
        QString event;
        handlers.add(u"said"_s, context, [&](const EventMessage &message) {
            event = message.event;
            in = QThread::currentThread();
        });
        handlers.call(named(u"said"_s));
        QTRY_VERIFY(in.load());
        QCOMPARE(in.load(), &thread);
        QCOMPARE(event, u"said"_s);
        context->deleteLater();
        thread.quit();
        QVERIFY(thread.wait());
    }

    void whatAHandlerThrowsIsLoggedAndTheOthersAreCalled()
    {
        EventHandlers handlers(log());
        int heard = 0;
        handlers.add(u"said"_s, this, [](const EventMessage &) { throw std::runtime_error("no luck"); });
        handlers.add(u"said"_s, this, [](const EventMessage &) { throw 5; });
        handlers.add(u"said"_s, this, [&](const EventMessage &) { ++heard; });
        handlers.add(u"*"_s, this, [&](const EventMessage &) { ++heard; });
        QTest::ignoreMessage(QtCriticalMsg,
                             "Exceptions that left handlers: 1 - the last of \"said\" - \"no luck\"");
        handlers.call(named(u"said"_s)); // The second is not logged before a minute has passed.
        QCOMPARE(heard, 2);
    }
};

DIALOGUE_TEST(TestEventHandlers, QCoreApplication)
#include "tst_eventhandlers.moc"
