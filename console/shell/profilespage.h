#pragma once

#include "console/look/page.h"
#include "console/profiles/profile.h"

class QTreeWidget;
class QTreeWidgetItem;

namespace dialogue::console {

class Notice;
class TonedLabel;
class ProfileStore;
class Secrets;

/** The servers there are, by folders: one is chosen, made, changed, taken away. */
class ProfilesPage : public Page
{
    Q_OBJECT
public:
    ProfilesPage(ProfileStore &store, Secrets &secrets, QWidget *parent = nullptr);

    void createProfile();
    /** What is wrong with the profiles, or was with the last thing that was asked for. */
    void tell(const QString &problem);

Q_SIGNALS:
    void opened(const dialogue::console::Profile &profile);

protected:
    void changeEvent(QEvent *event) override;

private:
    void fill(const QString &selected = {});
    void edit(const Profile &profile);
    void openSelected();
    void removeSelected();
    void importProfiles();
    void exportProfiles();
    void updateActions();
    [[nodiscard]] const Profile *selected() const;

    ProfileStore &m_store;
    Secrets &m_secrets;
    QTreeWidget *m_tree;
    Notice *m_notice;
    TonedLabel *m_problem;
    QList<QAction *> m_ofOne;
};

} // namespace dialogue::console
