#pragma once

#include <QFrame>
#include <QJsonObject>

namespace dialogue::console {

/** What the server says of one client: a verdict, what that means and what it rests on. */
class VerdictCard : public QFrame
{
    Q_OBJECT
public:
    explicit VerdictCard(const QJsonObject &verdict, QWidget *parent = nullptr);

Q_SIGNALS:
    void timelineWanted(const QString &client);
};

} // namespace dialogue::console
