#pragma once

#include <QHash>
#include <QString>
#include <QStringList>

#include <array>

namespace dialogue::console {

/** How often something was, of each kind, in the last quarter of an hour, by pieces of it. */
class Tally
{
public:
    static constexpr qint64 PieceMs = 15'000;
    static constexpr int Pieces = 60;
    static constexpr int PiecesOfAMinute = 4;
    static constexpr qsizetype MostKinds = 2000; ///< Those that are the least are forgotten.

    using Counts = std::array<qint64, Pieces>; ///< The newest last.
    struct Of
    {
        qint64 all = 0;
        qint64 lastMinute = 0;
        Counts counts = {};
    };

    /** \a time: milliseconds since the Unix epoch; what is older than all that is counted does not count. */
    void add(const QString &kind, qint64 time, qint64 count = 1);
    /** The newest piece is that of \a now; what is older than all pieces is forgotten. */
    void moveTo(qint64 now);
    [[nodiscard]] QStringList kinds() const { return m_kinds.keys(); }
    [[nodiscard]] Of of(const QString &kind) const;
    void clear() { m_kinds.clear(); }

private:
    void forgetTheLeast();

    QHash<QString, Counts> m_kinds; ///< Each a ring, by pieces since the epoch.
    qint64 m_piece = 0; ///< The newest.
};

} // namespace dialogue::console
