#pragma once

#include "console/connection/adminconnection.h"
#include "console/look/page.h"
#include "console/profiles/profile.h"

#include <QHash>

class QListWidget;
class QStackedWidget;

namespace dialogue::console {

class ConnectionBar;
struct WhyQuestion;

/** One server: its pages, and above them whether we are in. */
class ServerView : public QWidget
{
    Q_OBJECT
public:
    ServerView(const Profile &profile, ClientConfig config, QWidget *parent = nullptr);
    ~ServerView() override;

    [[nodiscard]] const Profile &profile() const { return m_profile; }
    [[nodiscard]] AdminConnection &connection() { return m_connection; }
    [[nodiscard]] Page &currentPage() const;
    [[nodiscard]] QList<Page *> pages() const;
    void showPage(int index); ///< As in pages().
    void go(const Place &place);

Q_SIGNALS:
    void pageChanged();
    void passwordWanted(const QString &problem);

private:
    void addPage(Place::Page which, Page *page);
    void askWhy(const WhyQuestion &question);
    void trigger(const QString &room, const QString &event = {}, const QJsonValue &data = {});

    const Profile m_profile;
    AdminConnection m_connection;
    ConnectionBar *m_bar;
    QListWidget *m_names;
    QStackedWidget *m_stack;
    QHash<Place::Page, int> m_places;
};

} // namespace dialogue::console
