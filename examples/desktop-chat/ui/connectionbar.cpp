#include "ui/connectionbar.h"

#include "model/chatsession.h"
#include "ui/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

namespace chat {

using Phase = ConnectionStatus::Phase;

ConnectionBar::ConnectionBar(ChatSession &session, QWidget *parent)
    : QFrame(parent)
    , m_session(session)
    , m_dot(new QLabel)
    , m_text(new QLabel)
    , m_detail(new QLabel)
    , m_action(new QPushButton)
{
    const int em = fontMetrics().height();
    m_text->setObjectName(QStringLiteral("connection"));
    m_action->setObjectName(QStringLiteral("connect"));
    m_detail->setTextFormat(Qt::PlainText);
    m_detail->setFont(smaller(font()));
    m_detail->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto *const row = new QHBoxLayout(this);
    row->setContentsMargins(em / 2, em / 4, em / 2, em / 4);
    row->addWidget(m_dot);
    row->addWidget(m_text);
    row->addWidget(m_detail, 1);
    row->addWidget(m_action);
    setAutoFillBackground(true);
    connect(m_action, &QPushButton::clicked, this, &ConnectionBar::act);
    connect(&session.status(), &ConnectionStatus::changed, this, &ConnectionBar::showStatus);
    showStatus();
}

void ConnectionBar::showStatus()
{
    const ConnectionStatus &status = m_session.status();
    const Theme theme(parentWidget() ? parentWidget()->palette() : palette());
    QColor color = theme.wait;
    QString action = tr("Try now");
    switch (status.phase()) {
    case Phase::Offline:
        color = theme.muted;
        action = tr("Connect");
        break;
    case Phase::Connected:
        color = theme.good;
        action = tr("Disconnect");
        break;
    case Phase::Failed:
        color = theme.bad;
        action = tr("Try again");
        break;
    case Phase::Connecting:
    case Phase::Reconnecting:
        break;
    }
    m_text->setText(status.text());
    m_action->setText(action);
    showDetail();

    const int size = fontMetrics().height() * 3 / 5;
    QPixmap dot(QSize(size, size) * devicePixelRatioF());
    dot.setDevicePixelRatio(devicePixelRatioF());
    dot.fill(Qt::transparent);
    QPainter painter(&dot);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawEllipse(0, 0, size, size);
    painter.end();
    m_dot->setPixmap(dot);

    const bool quiet = status.phase() == Phase::Connected;
    QPalette tinted;
    tinted.setColor(QPalette::Window,
                    quiet ? tinted.color(QPalette::Window)
                          : blend(tinted.color(QPalette::Window), theme.vivid(color), 0.3));
    if (palette().color(QPalette::Window) != tinted.color(QPalette::Window))
        setPalette(tinted);
}

void ConnectionBar::showDetail()
{
    const QString detail = m_session.status().detail();
    m_detail->setText(m_detail->fontMetrics().elidedText(detail, Qt::ElideRight, m_detail->width()));
    m_detail->setToolTip(detail);
}

void ConnectionBar::act()
{
    if (m_session.status().phase() == Phase::Connected)
        m_session.client().disconnectFromServer();
    else
        m_session.client().connectToServer();
}

void ConnectionBar::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::ApplicationPaletteChange)
        showStatus();
}

void ConnectionBar::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    showDetail();
}

} // namespace chat
