#pragma once

#include "core/base/result.h"
#include "server/rules/sanctions.h"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace dialogue {

/**
 * Bans and mutes in a file, so that they outlive the server: JSON, a line for each, written as a whole in the
 * place of the one before. In a thread of its own, as it waits for the disk; what changes meanwhile is
 * written together.
 */
class SanctionFile
{
public:
    /** Reads \a fileName, if it is there. ConfigError: it is damaged, says which entry is none, or has more
     * than \a most. IoError: it cannot be written. */
    [[nodiscard]] static Result<std::unique_ptr<SanctionFile>> open(const QString &fileName, int most);
    ~SanctionFile(); ///< What waits is written first, if it can be.
    Q_DISABLE_COPY_MOVE(SanctionFile)

    /** What it had when it was opened, but for what was over. */
    [[nodiscard]] const QList<Sanction> &restored() const { return m_restored; }
    /** \a sanction holds from now on, or was lifted. Unavailable: as many changes wait as there may be
     * sanctions. Any thread. */
    [[nodiscard]] Result<void> change(const Sanction &sanction, bool isLifted);

private:
    struct Change
    {
        Sanction sanction;
        bool isLifted;
    };

    SanctionFile(const QString &fileName, int most, const QList<Sanction> &restored);
    void run();
    [[nodiscard]] std::vector<Change> take();
    [[nodiscard]] bool write();
    [[nodiscard]] QByteArray text() const;

    const QString m_fileName;
    const int m_most;
    const QList<Sanction> m_restored;

    std::mutex m_mutex; ///< Guards those up to the next blank line.
    std::condition_variable m_wake;
    std::vector<Change> m_waiting;
    bool m_isEnding = false;

    // The thread's own.
    Sanctions m_all;
    bool m_isInTrouble = false;
    std::thread m_thread;
};

} // namespace dialogue
