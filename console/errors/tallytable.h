#pragma once

#include "console/errors/tallymodel.h"

#include <QGroupBox>

namespace dialogue::console {

class ListTable;
class Notice;

/** How often what was refused, by one thing that they have in common. */
class TallyTable : public QGroupBox
{
    Q_OBJECT
public:
    /** \a name: of its settings. */
    TallyTable(const QString &name, const QString &title, const QString &kind, QWidget *parent = nullptr);
    ~TallyTable() override;

    [[nodiscard]] Tally &tally() { return m_tally; }
    void refresh(qint64 now); ///< Shows what was added.

Q_SIGNALS:
    void chosen(const QString &kind);

private:
    Tally m_tally;
    TallyModel m_model;
    ListTable *m_table;
    Notice *m_notice;
};

} // namespace dialogue::console
