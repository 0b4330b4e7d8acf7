#include "console/shell/commandpalette.h"

#include <QAction>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>
#include <vector>

using namespace Qt::StringLiterals;

namespace dialogue::console {

namespace {

constexpr int BeginsAWord = 8;
constexpr int StandsTogether = 4;

/** Without the marks of keys. */
QString plainText(const QAction &action)
{
    QString text = action.text();
    return text.remove(u'&');
}

} // namespace

CommandPalette::CommandPalette(QList<Entry> entries, QWidget *parent)
    : QDialog(parent)
    , m_entries(std::move(entries))
    , m_typed(new QLineEdit)
    , m_list(new QListWidget)
{
    setWindowTitle(tr("Commands"));
    m_typed->setPlaceholderText(tr("What do you want to do?"));
    m_typed->setAccessibleName(tr("Command"));
    m_typed->installEventFilter(this);
    m_list->setAccessibleName(tr("Commands that fit"));
    m_list->setUniformItemSizes(true);
    m_list->setFocusPolicy(Qt::NoFocus); // The line has it, and moves the choice.
    auto *const column = new QVBoxLayout(this);
    column->addWidget(m_typed);
    column->addWidget(m_list);
    resize(fontMetrics().averageCharWidth() * 70, fontMetrics().height() * 22);
    connect(m_typed, &QLineEdit::textChanged, this, &CommandPalette::offer);
    connect(m_typed, &QLineEdit::returnPressed, this, &CommandPalette::choose);
    connect(m_list, &QListWidget::itemClicked, this, &CommandPalette::choose);
    m_typed->setFocus();
    offer({});
}

int CommandPalette::fit(QStringView typed, QStringView text)
{
    int points = 0;
    qsizetype from = 0;
    bool isTogether = false;
    for (const QChar letter : typed) {
        if (letter.isSpace())
            continue;
        qsizetype best = -1;
        int most = -1;
        for (qsizetype at = text.indexOf(letter, from, Qt::CaseInsensitive); at >= 0;
             at = text.indexOf(letter, at + 1, Qt::CaseInsensitive)) {
            const bool begins = at == 0 || !text[at - 1].isLetterOrNumber();
            const int worth = (begins ? BeginsAWord : 0) + (isTogether && at == from ? StandsTogether : 0);
            if (worth > most) {
                most = worth;
                best = at;
            }
        }
        if (best < 0)
            return -1;
        points += most;
        from = best + 1;
        isTogether = true;
    }
    return points;
}

void CommandPalette::offer(const QString &typed)
{
    std::vector<std::pair<int, const Entry *>> fits;
    for (const Entry &entry : m_entries) {
        const int points = entry.action->isEnabled() ? fit(typed, plainText(*entry.action)) : -1;
        if (points >= 0)
            fits.emplace_back(points, &entry);
    }
    std::stable_sort(fits.begin(), fits.end(),
                     [](const auto &one, const auto &other) { return one.first > other.first; });
    m_list->clear();
    for (const auto &[points, entry] : fits) {
        const QString keys = entry->action->shortcut().toString(QKeySequence::NativeText);
        QString text = tr("%1: %2").arg(entry->group, plainText(*entry->action));
        if (!keys.isEmpty())
            text += tr("   (%1)").arg(keys);
        auto *const item = new QListWidgetItem(text, m_list);
        item->setData(Qt::UserRole, QVariant::fromValue(static_cast<QObject *>(entry->action)));
    }
    m_list->setCurrentRow(0);
}

void CommandPalette::choose()
{
    if (const QListWidgetItem *const item = m_list->currentItem())
        m_chosen = qobject_cast<QAction *>(item->data(Qt::UserRole).value<QObject *>());
    accept();
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_typed && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        const int page = std::max(1, m_list->height() / std::max(1, m_list->sizeHintForRow(0)));
        const int step = key == Qt::Key_Down ? 1
            : key == Qt::Key_Up              ? -1
            : key == Qt::Key_PageDown        ? page
            : key == Qt::Key_PageUp          ? -page
                                             : 0;
        if (step != 0 && m_list->count() > 0) {
            m_list->setCurrentRow(std::clamp(m_list->currentRow() + step, 0, m_list->count() - 1));
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

} // namespace dialogue::console
