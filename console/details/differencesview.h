#pragma once

#include "console/details/differencesmodel.h"
#include "console/details/eventfacts.h"

#include <QStyledItemDelegate>

#include <optional>

class QLabel;

namespace dialogue::console {

class Notice;

/** A JsonChange::Kind as a sign and a word. */
class ChangeDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;
};

/** What has changed from one event to another. */
class DifferencesView : public QWidget
{
    Q_OBJECT
public:
    explicit DifferencesView(QWidget *parent = nullptr);

    /** From \a before to \a after; without \a before says that there is none. */
    void compare(const std::optional<EventFacts> &before, const EventFacts &after);

    [[nodiscard]] const DifferencesModel &model() const { return *m_model; }

private:
    DifferencesModel *m_model;
    QLabel *m_with;
    Notice *m_notice;
};

} // namespace dialogue::console
