#pragma once

#include "console/acting/actionspec.h"
#include "console/lists/sanctionmodel.h"
#include "console/look/page.h"

class QAction;

namespace dialogue::console {

class AdminConnection;
class ListPane;
class TonedLabel;

/** Who is banned and muted, and lifting that. */
class SanctionsPage : public Page
{
    Q_OBJECT
public:
    explicit SanctionsPage(AdminConnection &connection, QWidget *parent = nullptr);
    ~SanctionsPage() override;

private:
    void lift();
    void updateActions();
    [[nodiscard]] QList<SanctionRow> selected() const;
    /** Why what is selected cannot be lifted; empty: it can. */
    [[nodiscard]] QString obstacle(const QList<SanctionRow> &rows) const;

    AdminConnection &m_connection;
    SanctionModel m_model;
    ListPane *m_list;
    TonedLabel *m_obstacle; ///< Beside what is greyed.
    QAction *m_lift;
};

} // namespace dialogue::console
