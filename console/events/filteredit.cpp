#include "console/events/filteredit.h"

#include "console/filter/completion.h"
#include "console/look/tones.h"

#include "core/base/foreigntext.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QLabel>
#include <QScrollBar>
#include <QStandardItemModel>

namespace dialogue::console {

namespace {

enum SuggestionRole { TextRole = Qt::UserRole + 1, FromRole, ToRole };

constexpr int LongestFilter = 4096; // docs/filter.md, "Bounds"

} // namespace

FilterEdit::FilterEdit(Vocabulary vocabulary, QWidget *parent)
    : QLineEdit(parent)
    , m_vocabulary(std::move(vocabulary))
    , m_completer(new QCompleter(this))
    , m_suggestions(new QStandardItemModel(this))
{
    setMaxLength(LongestFilter);
    setClearButtonEnabled(true);
    m_completer->setModel(m_suggestions);
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    m_completer->setWidget(this); // Which puts nothing in by itself: it replaces a part of the text.
    connect(m_completer, qOverload<const QModelIndex &>(&QCompleter::activated), this,
            [this](const QModelIndex &index) { complete(index.row()); });
    connect(this, &QLineEdit::textChanged, this, &FilterEdit::check);
    connect(this, &QLineEdit::textEdited, this, &FilterEdit::suggest);
}

void FilterEdit::setIsFilter(bool isFilter)
{
    m_isFilter = isFilter;
    check();
}

void FilterEdit::check()
{
    m_fault.clear();
    m_isUnfinished = false;
    if (m_isFilter) {
        FilterFault fault;
        const Result<Filter> parsed = Filter::parse(text(), &fault);
        if (parsed) {
            m_filter = *parsed;
        } else {
            m_fault = parsed.error().message;
            m_isUnfinished = fault.length == 0 && fault.at >= text().trimmed().size();
        }
    }
    setAccessibleDescription(m_fault);
    Q_EMIT checked();
}

void FilterEdit::suggest()
{
    m_suggestions->clear();
    if (!m_isFilter)
        return;
    const QList<FilterSuggestion> all = completions(text(), cursorPosition(), m_vocabulary());
    for (const FilterSuggestion &each : all) {
        if (text().mid(each.from, each.to - each.from) == each.text)
            continue; // That is what stands there.
        QString shown = printable(each.text);
        if (!each.detail.isEmpty())
            shown += QStringLiteral("   \u2013 ") + printable(each.detail.left(80));
        auto *const item = new QStandardItem(shown);
        item->setData(each.text, TextRole);
        item->setData(each.from, FromRole);
        item->setData(each.to, ToRole);
        m_suggestions->appendRow(item);
    }
    if (m_suggestions->rowCount() == 0)
        return m_completer->popup()->hide();
    QRect place = cursorRect();
    QAbstractItemView &popup = *m_completer->popup();
    place.setWidth(popup.sizeHintForColumn(0) + popup.verticalScrollBar()->sizeHint().width() + 8);
    m_completer->complete(place);
}

void FilterEdit::complete(int row)
{
    const QStandardItem *const item = m_suggestions->item(row);
    if (!item)
        return;
    const int from = item->data(FromRole).toInt();
    const QString put = item->data(TextRole).toString();
    // As if it were typed, so that it can be undone.
    setSelection(from, item->data(ToRole).toInt() - from);
    insert(put);
    suggest();
}

void FilterEdit::keyPressEvent(QKeyEvent *event)
{
    const bool isPopupOpen = m_completer->popup()->isVisible();
    if (event->key() == Qt::Key_Space && event->modifiers() == Qt::ControlModifier) {
        suggest();
        return;
    }
    if (isPopupOpen && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        && m_completer->popup()->currentIndex().isValid()) {
        event->ignore(); // The list's.
        return;
    }
    QLineEdit::keyPressEvent(event);
}

void FilterEdit::tellIn(QLabel &label)
{
    label.setTextFormat(Qt::PlainText);
    label.setWordWrap(true);
    const auto tell = [this, to = &label] {
        QPalette toned = palette();
        toned.setColor(QPalette::WindowText, toneColor(m_isUnfinished ? Tone::Quiet : Tone::Bad, palette()));
        to->setPalette(toned);
        to->setText(m_fault.isEmpty() ? QString()
                                      : (m_isUnfinished ? u'\u2026' : u'\u2715') + QStringLiteral(" ")
                            + printable(m_fault));
        to->setVisible(!m_fault.isEmpty());
    };
    connect(this, &FilterEdit::checked, &label, tell);
    tell();
}

} // namespace dialogue::console
