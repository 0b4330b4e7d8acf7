#pragma once

#include <QByteArray>
#include <QMap>
#include <QString>

#include <optional>

namespace dialogue::admin {

/** Rows of a log on their way to a console that watches it: put together to batches, of which no more are
 * under way than it has taken; what comes meanwhile waits, within bounds, and beyond them is counted. */
class RowQueue
{
public:
    explicit RowQueue(QString watch)
        : m_watch(std::move(watch))
    { }

    /** \a row: an object of JSON. Where there is no room for it, it is one more of \a kind. */
    void add(const QByteArray &row, const QString &kind);
    /** So many of \a kind are not shown. */
    void drop(const QString &kind, qint64 count) { m_dropped[kind] += count; }
    /** The batch that is to be sent now, if any is and may be. */
    [[nodiscard]] std::optional<QByteArray> take();
    /** The console has taken all batches up to \a number. */
    void credit(quint64 number);

    static constexpr qsizetype MostRows = 1000;
    static constexpr qsizetype MostBytes = 256 * 1024;

private:
    const QString m_watch;
    QByteArray m_rows; ///< With commas between them.
    qsizetype m_count = 0;
    QMap<QString, qint64> m_dropped;
    quint64 m_number = 0; ///< Of the last batch.
    quint64 m_credited = 0;
};

} // namespace dialogue::admin
