#include "ui/composer.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPushButton>
#include <QTextBlock>

namespace chat {

namespace {

constexpr int MaxLines = 6;

}

Composer::Composer(QWidget *parent)
    : QWidget(parent)
    , m_field(new QPlainTextEdit)
    , m_send(new QPushButton(tr("Send")))
    , m_excess(new QLabel)
{
    m_field->setObjectName(QStringLiteral("input"));
    m_field->setAccessibleName(tr("Message"));
    m_field->setTabChangesFocus(true);
    m_field->installEventFilter(this);
    m_send->setObjectName(QStringLiteral("send"));
    m_excess->setObjectName(QStringLiteral("excess"));
    m_excess->setAlignment(Qt::AlignHCenter);
    m_excess->hide();
    auto *const send = new QVBoxLayout;
    send->addStretch();
    send->addWidget(m_excess);
    send->addWidget(m_send);
    auto *const row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_field, 1);
    row->addLayout(send);
    m_field->document()->setDocumentMargin(fontMetrics().height() * 0.4);
    setFocusProxy(m_field);
    connect(m_send, &QPushButton::clicked, this, &Composer::send);
    connect(m_field, &QPlainTextEdit::textChanged, this, [this] {
        fit();
        Q_EMIT edited(text());
        m_send->setEnabled(canSend());
    });
    m_send->setEnabled(false);
    fit();
}

void Composer::setText(const QString &text)
{
    m_field->setPlainText(text);
    m_field->moveCursor(QTextCursor::End);
}

void Composer::setPlaceholder(const QString &text)
{
    m_field->setPlaceholderText(text);
    m_field->viewport()->update(); // Qt 6.4 leaves the old one standing
}

void Composer::setTooLong(qsizetype characters)
{
    m_isTooLong = characters > 0;
    m_excess->setVisible(m_isTooLong);
    m_excess->setText(tr("%n too many", nullptr, static_cast<int>(characters)));
    m_excess->setAccessibleName(tr("%n characters too many", nullptr, static_cast<int>(characters)));
    m_send->setEnabled(canSend());
}

bool Composer::canSend() const { return !m_isTooLong && !text().trimmed().isEmpty(); }

void Composer::send()
{
    if (canSend())
        Q_EMIT sendWanted(text());
}

void Composer::fit()
{
    int lines = 0;
    for (QTextBlock block = m_field->document()->begin(); block.isValid(); block = block.next())
        lines += std::max(1, block.layout()->lineCount());
    const QMargins margins = m_field->contentsMargins();
    const int around
        = margins.top() + margins.bottom() + static_cast<int>(2 * m_field->document()->documentMargin());
    const int height = std::clamp(lines, 1, MaxLines) * m_field->fontMetrics().lineSpacing() + around;
    m_field->setFixedHeight(height);
    if (lines <= 1)
        m_send->setFixedHeight(height);
    m_field->setVerticalScrollBarPolicy(lines > MaxLines ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
}

bool Composer::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_field && event->type() == QEvent::KeyPress) {
        const auto *const key = static_cast<QKeyEvent *>(event);
        const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        if (enter && !key->modifiers().testFlag(Qt::ShiftModifier)) {
            send();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void Composer::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fit();
}

void Composer::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        fit();
}

} // namespace chat
