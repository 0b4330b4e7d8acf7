#pragma once

#include "server/store/storebroker.h"
#include "server/store/storeschema.h"
#include "tests/server/rooms/roomsfixture.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace dialogue {

/** A folder for a store, and how a run of the server may end there. */
class StoreFolder
{
public:
    [[nodiscard]] QString path() const { return m_path; }
    [[nodiscard]] PersistenceConfig persistence(Durability durability = Durability::Commit) const
    {
        return {.adapter = StoreAdapter::Sqlite, .path = m_path, .durability = durability};
    }

    /** From here on the path is that of a copy, as a run would leave it that is killed now. */
    void crash()
    {
        const QString next = m_dir.filePath(QStringLiteral("%1.db").arg(++m_crashes));
        copy(m_path, next);
        m_path = next;
    }
    /** Puts a copy that was made by save() back, as who restores a backup does. */
    void save() { copy(m_path, m_dir.filePath(QStringLiteral("backup"))); }
    void restore()
    {
        copy(m_dir.filePath(QStringLiteral("backup")), m_path, {QString(), QStringLiteral("-wal")});
    }

    /** The offsets of all events in the file. */
    [[nodiscard]] QList<quint64> stored() const
    {
        auto reader = store::StoreFile::reader(m_path);
        auto all = reader->prepare("SELECT key FROM events ORDER BY key");
        QList<quint64> offsets;
        while (*all->step())
            offsets.append(store::offsetOf(all->integer(0)));
        return offsets;
    }

private:
    static void copy(const QString &from, const QString &to,
                     const QStringList &parts = {QString(), QStringLiteral("-wal"), QStringLiteral("-lock")})
    {
        for (const QString &part : parts) {
            QFile::remove(to + part);
            if (QFile::exists(from + part) && !QFile::copy(from + part, to + part))
                qFatal("cannot copy %s", qPrintable(from + part));
        }
    }

    QTemporaryDir m_dir;
    int m_crashes = 0;
    QString m_path = m_dir.filePath(QStringLiteral("0.db"));
};

/** What is declared before the rooms that use it, and goes after them. */
struct OpenedStore
{
    explicit OpenedStore(const ServerConfig &config)
        : settings(config)
    {
        auto opened = StoreBroker::open(settings);
        if (!opened)
            qFatal("%s", qPrintable(opened.error().text()));
        store = std::move(*opened);
    }
    const ServerConfig settings;
    std::unique_ptr<StoreBroker> store;
};

/** A run of the server, with a store. */
class StoredRooms : private OpenedStore, public RoomsFixture
{
public:
    explicit StoredRooms(const ServerConfig &config)
        : OpenedStore(config)
        , RoomsFixture(config, {}, OpenedStore::store.get())
    {
        for (const RoomConfig &room : OpenedStore::store->createdRooms()) {
            if (const auto restored = rooms.restore(room); !restored)
                qFatal("%s", qPrintable(restored.error().text()));
        }
    }

    [[nodiscard]] Room &chat() const { return *rooms.find(QStringLiteral("chat")); }
    [[nodiscard]] LogPages &pages() const { return *OpenedStore::store->pages(); }
    [[nodiscard]] Broker &broker() const { return *OpenedStore::store; }
    [[nodiscard]] StoreCounters counters() const { return OpenedStore::store->counters(); }

    /** Waits until the store has answered for it. */
    Result<EventMessage> say(const QString &text, const QString &event = QStringLiteral("message"))
    {
        Answer<EventMessage> said = chat().trigger(event, textData(text));
        waitFor(said);
        return said.result();
    }
    static void waitFor(const Answer<EventMessage> &answer)
    {
        if (!QTest::qWaitFor([&answer] { return answer.isReady(); }))
            qFatal("The store does not answer");
    }
    /** All that was asked of the writer is done. */
    void settle()
    {
        if (!QTest::qWaitFor([this] { return counters().queuedBytes == 0; }))
            qFatal("The store does not write");
    }
    [[nodiscard]] QStringList history(const QString &event = QStringLiteral("message"),
                                      HistoryRange range = {.start = 0, .end = 100}) const
    {
        QStringList texts;
        const Answer<QList<EventMessage>> page = chat().history(event, range);
        if (!QTest::qWaitFor([&page] { return page.isReady(); }))
            qFatal("The store does not read");
        for (const EventMessage &message : *page.result())
            texts.append(QString::number(message.offset) + u' ' + message.value()[u"text"].toString());
        return texts;
    }
};

} // namespace dialogue
