#pragma once

#include "client/clientconfig.h"
#include "console/model/toldfigures.h"

#include <dialogue/server/dialogue.h>

namespace dialogue::test {

/** Figures of a server as they may be: waves, spikes, and six minutes in which it was away. Until \a end, in
 * milliseconds since the Unix epoch. */
[[nodiscard]] console::ToldFigures likelyFigures(qint64 end, int seconds, int step);

/** A server whose /admin tells what a test wants. */
class AdminOfATest
{
public:
    struct Says
    {
        QStringList permissions = {QStringLiteral("look")};
        QString account = QStringLiteral("ada");
        QString node = QStringLiteral("chat-1");
        QString run = QStringLiteral("3f2a9c41");
        console::ToldFigures fine = {};
        console::ToldFigures coarse = {};
        QString refusal = {}; ///< In place of the past.
    };
    explicit AdminOfATest(Says says);

    [[nodiscard]] ClientConfig client() const;
    void tell(const console::ToldFigures &newest); ///< To all who are in.
    [[nodiscard]] const QStringList &asked() const { return m_asked; } ///< "get past 1s", "watch", "unwatch"

private:
    [[nodiscard]] QJsonValue answer(const QJsonObject &request) const;

    const Says m_says;
    Dialogue m_server;
    Namespace *m_admin = nullptr;
    QStringList m_asked;
};

} // namespace dialogue::test
