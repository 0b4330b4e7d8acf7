#pragma once

#include "console/look/tones.h"

#include <QLabel>

namespace dialogue::console {

/** A label of plain text, wrapped, in the colour of a meaning; follows the palette. */
class TonedLabel : public QLabel
{
    Q_OBJECT
public:
    explicit TonedLabel(Tone tone, QWidget *parent = nullptr);
    TonedLabel(Tone tone, const QString &text, QWidget *parent = nullptr);

    void setTone(Tone tone);
    /** Whatever it says makes nothing wider: a word that is too long is cut. */
    void letNothingGrow();

protected:
    void changeEvent(QEvent *event) override;

private:
    void paintTone();

    Tone m_tone;
    bool m_isPainting = false;
};

} // namespace dialogue::console
