#include "console/look/tonedlabel.h"

#include <QEvent>

namespace dialogue::console {

TonedLabel::TonedLabel(Tone tone, QWidget *parent)
    : QLabel(parent)
    , m_tone(tone)
{
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    paintTone();
}

TonedLabel::TonedLabel(Tone tone, const QString &text, QWidget *parent)
    : TonedLabel(tone, parent)
{
    setText(text);
}

void TonedLabel::setTone(Tone tone)
{
    m_tone = tone;
    paintTone();
}

void TonedLabel::letNothingGrow()
{
    QSizePolicy policy = sizePolicy(); // Which knows that the height is that for a width.
    policy.setHorizontalPolicy(QSizePolicy::Ignored);
    setSizePolicy(policy);
}

void TonedLabel::changeEvent(QEvent *event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !m_isPainting)
        paintTone();
}

void TonedLabel::paintTone()
{
    m_isPainting = true;
    QPalette palette = this->palette();
    palette.setColor(QPalette::WindowText,
                     toneColor(m_tone, parentWidget() ? parentWidget()->palette() : palette));
    setPalette(palette);
    m_isPainting = false;
}

} // namespace dialogue::console
