<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
<context>
    <name>AuditModel</name>
    <message>
        <source>No.</source>
        <translation>Nr.</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Konto</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <source>With</source>
        <translation>Betrifft</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>Ausgang</translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n fehlgeschlagen</numerusform>
            <numerusform>%n fehlgeschlagen</numerusform>
        </translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Erledigt</translation>
    </message>
</context>
<context>
    <name>ChartUnit</name>
    <message>
        <source>%1/s</source>
        <translation>%1/s</translation>
    </message>
</context>
<context>
    <name>ClientListModel</name>
    <message>
        <source>Session</source>
        <translation>Sitzung</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>Verified</source>
        <translation>Verifiziert</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Transport</source>
        <translation>Transport</translation>
    </message>
    <message>
        <source>TLS</source>
        <translation>TLS</translation>
    </message>
    <message>
        <source>Rooms</source>
        <translation>Räume</translation>
    </message>
    <message>
        <source>Round trip</source>
        <translation>Umlaufzeit</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartend</translation>
    </message>
    <message>
        <source>Recovered</source>
        <translation>Wiederhergestellt</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Gegangen</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
</context>
<context>
    <name>LimitsModel</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Send queue</source>
        <translation>Sendeschlange</translation>
    </message>
    <message>
        <source>Participants</source>
        <translation>Teilnehmer</translation>
    </message>
    <message>
        <source>Client or room</source>
        <translation>Client oder Raum</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>Grenze</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>Ausgeschöpft</translation>
    </message>
    <message>
        <source>How much</source>
        <translation>Wie viel</translation>
    </message>
    <message>
        <source>Round trip</source>
        <translation>Umlaufzeit</translation>
    </message>
</context>
<context>
    <name>OverviewCharts</name>
    <message>
        <source>Traffic, each second</source>
        <translation>Verkehr pro Sekunde</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Messages in</source>
        <translation>Nachrichten eingehend</translation>
    </message>
    <message>
        <source>Frames out</source>
        <translation>Frames ausgehend</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>Verbindungen</translation>
    </message>
    <message>
        <source>Clients</source>
        <translation>Clients</translation>
    </message>
    <message>
        <source>TCP</source>
        <translation>TCP</translation>
    </message>
    <message>
        <source>Readers of streams</source>
        <translation>Leser von Streams</translation>
    </message>
    <message>
        <source>Turns of the hub</source>
        <translation>Durchläufe des Hubs</translation>
    </message>
    <message>
        <source>Median</source>
        <translation>Median</translation>
    </message>
    <message>
        <source>99th percentile</source>
        <translation>99. Perzentil</translation>
    </message>
    <message>
        <source>What waits</source>
        <translation>Wartendes</translation>
    </message>
    <message>
        <source>For the hub</source>
        <translation>Auf den Hub</translation>
    </message>
    <message>
        <source>In mailboxes</source>
        <translation>In Mailboxen</translation>
    </message>
    <message>
        <source>For readers</source>
        <translation>Auf Leser</translation>
    </message>
    <message>
        <source>For the store</source>
        <translation>Auf den Speicher</translation>
    </message>
    <message>
        <source>Drops and refusals, each second</source>
        <translation>Verworfen und abgewiesen pro Sekunde</translation>
    </message>
    <message>
        <source>Frames dropped</source>
        <translation>Verworfene Frames</translation>
    </message>
    <message>
        <source>Slow readers</source>
        <translation>Langsame Leser</translation>
    </message>
    <message>
        <source>Refusals</source>
        <translation>Abweisungen</translation>
    </message>
    <message>
        <source>Rate limited</source>
        <translation>Gedrosselt</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Arbeitsspeicher</translation>
    </message>
    <message>
        <source>Of the process</source>
        <translation>Des Prozesses</translation>
    </message>
    <message>
        <source>Of the budget</source>
        <translation>Des Budgets</translation>
    </message>
    <message>
        <source>Processor time, of one core</source>
        <translation>Prozessorzeit, von einem Kern</translation>
    </message>
    <message>
        <source>Processor time</source>
        <translation>Prozessorzeit</translation>
    </message>
    <message>
        <source>Descriptors</source>
        <translation>Deskriptoren</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Offen</translation>
    </message>
    <message>
        <source>at most %1</source>
        <translation>höchstens %1</translation>
    </message>
    <message>
        <source>slow from %1</source>
        <translation>langsam ab %1</translation>
    </message>
</context>
<context>
    <name>OverviewTiles</name>
    <message>
        <source>Connections</source>
        <translation>Verbindungen</translation>
    </message>
    <message>
        <source>Rooms</source>
        <translation>Räume</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Messages in</source>
        <translation>Nachrichten eingehend</translation>
    </message>
    <message>
        <source>Frames out</source>
        <translation>Frames ausgehend</translation>
    </message>
    <message>
        <source>Refusals</source>
        <translation>Abweisungen</translation>
    </message>
    <message>
        <source>Drops</source>
        <translation>Verworfen</translation>
    </message>
    <message>
        <source>Waiting for readers</source>
        <translation>Wartet auf Leser</translation>
    </message>
    <message>
        <source>Waiting for the hub</source>
        <translation>Wartet auf den Hub</translation>
    </message>
    <message>
        <source>Hub turn, p50 / p99</source>
        <translation>Hub-Durchlauf, p50 / p99</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Arbeitsspeicher</translation>
    </message>
    <message>
        <source>Descriptors</source>
        <translation>Deskriptoren</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Show the rooms</source>
        <translation>Die Räume anzeigen</translation>
    </message>
    <message>
        <source>Show the clients</source>
        <translation>Die Clients anzeigen</translation>
    </message>
    <message>
        <source>Show the events</source>
        <translation>Die Ereignisse anzeigen</translation>
    </message>
    <message>
        <source>Show the chart</source>
        <translation>Das Diagramm anzeigen</translation>
    </message>
    <message>
        <source>Show the errors and limits</source>
        <translation>Fehler und Grenzen anzeigen</translation>
    </message>
</context>
<context>
    <name>RefusalModel</name>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>Anfrage</translation>
    </message>
    <message>
        <source>Room</source>
        <translation>Raum</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>Pfad</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Meldung</translation>
    </message>
</context>
<context>
    <name>RoomListModel</name>
    <message>
        <source>Room</source>
        <translation>Raum</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Participants</source>
        <translation>Teilnehmer</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>Höchstens</translation>
    </message>
    <message>
        <source>Events/s</source>
        <translation>Ereignisse/s</translation>
    </message>
    <message>
        <source>Dropped</source>
        <translation>Verworfen</translation>
    </message>
    <message>
        <source>Replaced</source>
        <translation>Ersetzt</translation>
    </message>
    <message>
        <source>Last offset</source>
        <translation>Letzter Offset</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>Aufbewahrt</translation>
    </message>
    <message>
        <source>Declared</source>
        <translation>Deklariert</translation>
    </message>
</context>
<context>
    <name>SanctionModel</name>
    <message>
        <source>The application</source>
        <translation>Die Anwendung</translation>
    </message>
    <message>
        <source>%1 (account)</source>
        <translation>%1 (Konto)</translation>
    </message>
    <message>
        <source>Ban</source>
        <translation>Sperre</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>Stummschaltung</translation>
    </message>
    <message>
        <source>everywhere</source>
        <translation>überall</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Room</source>
        <translation>Raum</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>By</source>
        <translation>Durch</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Seit</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
</context>
<context>
    <name>TallyModel</name>
    <message>
        <source>15 min</source>
        <translation>15 min</translation>
    </message>
    <message>
        <source>Trend</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>1 min</source>
        <translation>1 min</translation>
    </message>
</context>
<context>
    <name>Thresholds</name>
    <message>
        <source>slow turns</source>
        <translation>langsame Durchläufe</translation>
    </message>
    <message>
        <source>nearly used up</source>
        <translation>fast ausgeschöpft</translation>
    </message>
    <message>
        <source>frames dropped</source>
        <translation>Frames verworfen</translation>
    </message>
    <message>
        <source>slow readers</source>
        <translation>langsame Leser</translation>
    </message>
    <message>
        <source>rate limited</source>
        <translation>gedrosselt</translation>
    </message>
    <message>
        <source>hub behind</source>
        <translation>Hub im Rückstand</translation>
    </message>
    <message>
        <source>store behind</source>
        <translation>Speicher im Rückstand</translation>
    </message>
</context>
<context>
    <name>TimelineWords</name>
    <message>
        <source>Connected</source>
        <translation>Verbunden</translation>
    </message>
    <message>
        <source>Joined</source>
        <translation>Beigetreten</translation>
    </message>
    <message>
        <source>Subscriptions changed</source>
        <translation>Abonnements geändert</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Gegangen</translation>
    </message>
    <message>
        <source>Missed</source>
        <translation>Verpasst</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>Dropped: too slow</source>
        <translation>Verworfen: zu langsam</translation>
    </message>
    <message>
        <source>Replaced: too slow</source>
        <translation>Ersetzt: zu langsam</translation>
    </message>
    <message>
        <source>Not sent any more</source>
        <translation>Nicht mehr gesendet</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Gesendet</translation>
    </message>
    <message>
        <source>Disconnected</source>
        <translation>Getrennt</translation>
    </message>
    <message>
        <source>offset %1</source>
        <translation>Offset %1</translation>
    </message>
    <message>
        <source>offsets %1 to %2</source>
        <translation>Offsets %1 bis %2</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>, at %1</source>
        <translation>, bei %1</translation>
    </message>
    <message>
        <source>, %1 times</source>
        <translation>, %1-mal</translation>
    </message>
    <message>
        <source>after offset %1: %2</source>
        <translation>nach Offset %1: %2</translation>
    </message>
    <message>
        <source>at offset %1</source>
        <translation>bei Offset %1</translation>
    </message>
    <message>
        <source>%1, the last by %2</source>
        <translation>%1, das letzte durch %2</translation>
    </message>
</context>
<context>
    <name>VerdictWords</name>
    <message>
        <source>Refused</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>What it would have taken to get the event was refused: see the code, and what the room allows.</source>
        <translation>Was nötig gewesen wäre, um das Ereignis zu bekommen, wurde abgelehnt: siehe den Code und was der Raum erlaubt.</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Nicht verbunden</translation>
    </message>
    <message>
        <source>It was not connected when the event went out. Who comes back with the position it had gets what it missed.</source>
        <translation>Er war nicht verbunden, als das Ereignis hinausging. Wer mit seiner letzten Position wiederkommt, bekommt, was er verpasst hat.</translation>
    </message>
    <message>
        <source>Not in the room</source>
        <translation>Nicht im Raum</translation>
    </message>
    <message>
        <source>It never joined the room, as far as is remembered.</source>
        <translation>Er ist dem Raum nie beigetreten, soweit der Server sich erinnert.</translation>
    </message>
    <message>
        <source>Joined later</source>
        <translation>Später beigetreten</translation>
    </message>
    <message>
        <source>The event went out before it joined. The room&apos;s history may have it.</source>
        <translation>Das Ereignis ging hinaus, bevor er beitrat. Vielleicht steht es im Verlauf des Raums.</translation>
    </message>
    <message>
        <source>Left before</source>
        <translation>Vorher gegangen</translation>
    </message>
    <message>
        <source>It had left the room when the event went out.</source>
        <translation>Er hatte den Raum verlassen, als das Ereignis hinausging.</translation>
    </message>
    <message>
        <source>Not subscribed</source>
        <translation>Nicht abonniert</translation>
    </message>
    <message>
        <source>It was in the room, and had not subscribed to events of that name.</source>
        <translation>Er war im Raum und hatte Ereignisse dieses Namens nicht abonniert.</translation>
    </message>
    <message>
        <source>For others</source>
        <translation>Für andere</translation>
    </message>
    <message>
        <source>Whoever triggered the event left this client out, or named others.</source>
        <translation>Wer das Ereignis auslöste, nahm diesen Client aus oder nannte andere.</translation>
    </message>
    <message>
        <source>Dropped: too slow</source>
        <translation>Verworfen: zu langsam</translation>
    </message>
    <message>
        <source>The client did not read fast enough, and was told that something is missing. It can ask for it in the room&apos;s history.</source>
        <translation>Der Client las nicht schnell genug, und ihm wurde gesagt, dass etwas fehlt. Er kann es aus dem Verlauf des Raums holen.</translation>
    </message>
    <message>
        <source>Replaced by a newer one</source>
        <translation>Durch ein neueres ersetzt</translation>
    </message>
    <message>
        <source>The client did not read fast enough, and the room keeps but the latest event of a key for such.</source>
        <translation>Der Client las nicht schnell genug, und für solche behält der Raum nur das neueste Ereignis eines Schlüssels.</translation>
    </message>
    <message>
        <source>Closed first</source>
        <translation>Vorher geschlossen</translation>
    </message>
    <message>
        <source>Its connection ended while the event waited to be sent.</source>
        <translation>Seine Verbindung endete, während das Ereignis auf das Senden wartete.</translation>
    </message>
    <message>
        <source>On its way</source>
        <translation>Unterwegs</translation>
    </message>
    <message>
        <source>The event waits for the client to read what is before it.</source>
        <translation>Das Ereignis wartet, bis der Client gelesen hat, was davor steht.</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Gesendet</translation>
    </message>
    <message>
        <source>The event was handed to the client&apos;s connection. Whether it arrived nobody knows: there are no receipts.</source>
        <translation>Das Ereignis wurde der Verbindung des Clients übergeben. Ob es ankam, weiß niemand: Empfangsbestätigungen gibt es nicht.</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>Nicht bekannt</translation>
    </message>
    <message>
        <source>That is beyond what the server remembers.</source>
        <translation>Das liegt jenseits dessen, woran der Server sich erinnert.</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>Anfrage</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Meldung</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>Wie oft</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>By the event of offset</source>
        <translation>Durch das Ereignis mit Offset</translation>
    </message>
    <message>
        <source>Ahead of it</source>
        <translation>Davor</translation>
    </message>
    <message>
        <source>Waits in all</source>
        <translation>Wartet insgesamt</translation>
    </message>
    <message>
        <source>Round trip</source>
        <translation>Umlaufzeit</translation>
    </message>
    <message>
        <source>Traced</source>
        <translation>Verfolgt</translation>
    </message>
    <message>
        <source>Joined</source>
        <translation>Beigetreten</translation>
    </message>
    <message>
        <source>Gets what is after offset</source>
        <translation>Bekommt, was nach Offset kommt</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Gegangen</translation>
    </message>
    <message>
        <source>Last offset</source>
        <translation>Letzter Offset</translation>
    </message>
    <message>
        <source>Subscribed to</source>
        <translation>Abonniert</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Seit</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>From offset</source>
        <translation>Ab Offset</translation>
    </message>
    <message>
        <source>To offset</source>
        <translation>Bis Offset</translation>
    </message>
    <message>
        <source>Sent up to offset</source>
        <translation>Gesendet bis Offset</translation>
    </message>
    <message>
        <source>Nothing is remembered before</source>
        <translation>Nichts ist bekannt vor</translation>
    </message>
    <message>
        <source>Remembered since</source>
        <translation>Bekannt seit</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
</context>
<context>
    <name>dialogue::console::ActionCatalogue</name>
    <message>
        <source>Disconnect clients</source>
        <translation>Clients trennen</translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation>Trennen</translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) will be closed. Clients may connect again at once.</source>
        <translation>
            <numerusform>%n Verbindung wird geschlossen. Der Client kann sich sofort wieder verbinden.</numerusform>
            <numerusform>%n Verbindungen werden geschlossen. Die Clients können sich sofort wieder verbinden.</numerusform>
        </translation>
    </message>
    <message>
        <source>Remove from the room %1</source>
        <translation>Aus dem Raum %1 entfernen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message numerus="yes">
        <source>%n client(s) will leave the room, and stay connected. Who is to stay out is banned.</source>
        <translation>
            <numerusform>%n Client verlässt den Raum und bleibt verbunden. Wer draußen bleiben soll, wird gesperrt.</numerusform>
            <numerusform>%n Clients verlassen den Raum und bleiben verbunden. Wer draußen bleiben soll, wird gesperrt.</numerusform>
        </translation>
    </message>
    <message>
        <source>Have clients join a room</source>
        <translation>Clients einem Raum beitreten lassen</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>Beitreten lassen</translation>
    </message>
    <message numerus="yes">
        <source>%n client(s) will join, if the hooks of the application let them.</source>
        <translation>
            <numerusform>%n Client tritt bei, wenn die Hooks der Anwendung es zulassen.</numerusform>
            <numerusform>%n Clients treten bei, wenn die Hooks der Anwendung es zulassen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Room</source>
        <translation>Raum</translation>
    </message>
    <message>
        <source>Disconnect users</source>
        <translation>Benutzer trennen</translation>
    </message>
    <message numerus="yes">
        <source>All connections of %n user(s) will be closed.</source>
        <translation>
            <numerusform>Alle Verbindungen von %n Benutzer werden geschlossen.</numerusform>
            <numerusform>Alle Verbindungen von %n Benutzern werden geschlossen.</numerusform>
        </translation>
    </message>
    <message>
        <source>For</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>In the room</source>
        <translation>Im Raum</translation>
    </message>
    <message>
        <source>everywhere</source>
        <translation>überall</translation>
    </message>
    <message>
        <source>Told to the user</source>
        <translation>Mitteilung an den Benutzer</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>Lift</source>
        <translation>Aufheben</translation>
    </message>
    <message>
        <source>It ends before its time is over.</source>
        <translation>Sie endet, bevor ihre Zeit abgelaufen ist.</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>Data (JSON)</source>
        <translation>Daten (JSON)</translation>
    </message>
    <message>
        <source>no argument</source>
        <translation>kein Argument</translation>
    </message>
    <message>
        <source>Ban users</source>
        <translation>Benutzer sperren</translation>
    </message>
    <message>
        <source>Ban</source>
        <translation>Sperren</translation>
    </message>
    <message numerus="yes">
        <source>%n user(s) will be kept out, and what they have there ends.</source>
        <translation>
            <numerusform>%n Benutzer wird ausgesperrt; seine Verbindungen oder Mitgliedschaften dort enden.</numerusform>
            <numerusform>%n Benutzer werden ausgesperrt; ihre Verbindungen oder Mitgliedschaften dort enden.</numerusform>
        </translation>
    </message>
    <message>
        <source>Mute users</source>
        <translation>Benutzer stummschalten</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>Stummschalten</translation>
    </message>
    <message numerus="yes">
        <source>%n user(s) will hear, and say nothing.</source>
        <translation>
            <numerusform>%n Benutzer kann mitlesen, aber nichts senden.</numerusform>
            <numerusform>%n Benutzer können mitlesen, aber nichts senden.</numerusform>
        </translation>
    </message>
    <message>
        <source>Lift a ban</source>
        <translation>Sperre aufheben</translation>
    </message>
    <message>
        <source>Lift a mute</source>
        <translation>Stummschaltung aufheben</translation>
    </message>
    <message>
        <source>Send a Socket.IO event to users</source>
        <translation>Socket.IO-Ereignis an Benutzer senden</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message numerus="yes">
        <source>All connections of %n user(s) get it, whatever rooms they are in.</source>
        <translation>
            <numerusform>Alle Verbindungen von %n Benutzer erhalten es, in welchen Räumen sie auch sind.</numerusform>
            <numerusform>Alle Verbindungen von %n Benutzern erhalten es, in welchen Räumen sie auch sind.</numerusform>
        </translation>
    </message>
    <message>
        <source>Create a room</source>
        <translation>Raum anlegen</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>Anlegen</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>the server makes one</source>
        <translation>vergibt der Server</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>Participants at most</source>
        <translation>Teilnehmer höchstens</translation>
    </message>
    <message>
        <source>as many as come</source>
        <translation>unbegrenzt</translation>
    </message>
    <message>
        <source>Change the room %1</source>
        <translation>Raum %1 ändern</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Ändern</translation>
    </message>
    <message>
        <source>as it is</source>
        <translation>unverändert</translation>
    </message>
    <message>
        <source>Delete rooms</source>
        <translation>Räume löschen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message numerus="yes">
        <source>%n room(s) will be gone with their history; who is in them leaves. This cannot be undone.</source>
        <translation>
            <numerusform>%n Raum wird mit seinem Verlauf gelöscht; wer darin ist, verlässt ihn. Das lässt sich nicht rückgängig machen.</numerusform>
            <numerusform>%n Räume werden mit ihrem Verlauf gelöscht; wer darin ist, verlässt sie. Das lässt sich nicht rückgängig machen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Broadcast a Socket.IO event</source>
        <translation>Socket.IO-Ereignis als Broadcast senden</translation>
    </message>
    <message>
        <source>Broadcast</source>
        <translation>Broadcast senden</translation>
    </message>
    <message numerus="yes">
        <source>All who are in %n room(s) get it, besides what the rooms declare and keep.</source>
        <translation>
            <numerusform>Alle, die in %n Raum sind, erhalten es; es ist unabhängig davon, was der Raum deklariert und aufbewahrt.</numerusform>
            <numerusform>Alle, die in %n Räumen sind, erhalten es; es ist unabhängig davon, was die Räume deklarieren und aufbewahren.</numerusform>
        </translation>
    </message>
    <message>
        <source>Broadcast a Socket.IO event to all</source>
        <translation>Socket.IO-Ereignis als Broadcast an alle senden</translation>
    </message>
    <message>
        <source>Every client of this server gets it.</source>
        <translation>Jeder Client dieses Servers erhält es.</translation>
    </message>
    <message>
        <source>Stop the server</source>
        <translation>Server stoppen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stoppen</translation>
    </message>
    <message>
        <source>It takes no new clients, lets those that are there go elsewhere, and ends. This console will lose it.</source>
        <translation>Er nimmt keine neuen Clients an, lässt die vorhandenen sich anderswo verbinden und beendet sich. Diese Konsole verliert die Verbindung.</translation>
    </message>
    <message>
        <source>Lift bans</source>
        <translation>Sperren aufheben</translation>
    </message>
    <message>
        <source>Lift mutes</source>
        <translation>Stummschaltungen aufheben</translation>
    </message>
    <message numerus="yes">
        <source>%n ban(s) will end before the time is over.</source>
        <translation>
            <numerusform>%n Sperre endet, bevor ihre Zeit abgelaufen ist.</numerusform>
            <numerusform>%n Sperren enden, bevor ihre Zeit abgelaufen ist.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n mute(s) will end before the time is over.</source>
        <translation>
            <numerusform>%n Stummschaltung endet, bevor ihre Zeit abgelaufen ist.</numerusform>
            <numerusform>%n Stummschaltungen enden, bevor ihre Zeit abgelaufen ist.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dialogue::console::ActionDialog</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>und %n weiteres Ziel</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>for the audit log</source>
        <translation>für das Audit-Log</translation>
    </message>
    <message>
        <source>&amp;Reason:</source>
        <translation>&amp;Grund:</translation>
    </message>
    <message>
        <source>What failed</source>
        <translation>Was fehlgeschlagen ist</translation>
    </message>
    <message>
        <source>It would reach nobody.</source>
        <translation>Es würde niemanden erreichen.</translation>
    </message>
    <message>
        <source>It would reach %1.</source>
        <translation>Es würde %1 erreichen.</translation>
    </message>
    <message>
        <source>Done: %1.</source>
        <translation>Erledigt: %1.</translation>
    </message>
    <message>
        <source>Done: %1. Failed: %2.</source>
        <translation>Erledigt: %1. Fehlgeschlagen: %2.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stoppen</translation>
    </message>
    <message>
        <source>Type “%1” to go on:</source>
        <translation>Zum Fortfahren „%1“ eingeben:</translation>
    </message>
    <message>
        <source>Stopped: %1 of %2 are done. What was asked for when the connection was lost may be done, too.</source>
        <translation>Angehalten: %1 von %2 sind erledigt. Was beim Verlust der Verbindung unterwegs war, kann auch erledigt sein.</translation>
    </message>
    <message>
        <source>The connection is lost. It goes on when it is back.</source>
        <translation>Die Verbindung ist verloren. Es geht weiter, sobald sie wieder da ist.</translation>
    </message>
</context>
<context>
    <name>dialogue::console::AdminConnection</name>
    <message>
        <source>the server lets us in, and says nothing of itself</source>
        <translation>der Server lässt uns ein und sagt nichts von sich</translation>
    </message>
</context>
<context>
    <name>dialogue::console::ArrayEditor</name>
    <message>
        <source>Add item</source>
        <translation>Element hinzufügen</translation>
    </message>
    <message>
        <source>%1: add item</source>
        <translation>%1: Element hinzufügen</translation>
    </message>
    <message>
        <source>Item %1</source>
        <translation>Element %1</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>title, number</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1: up</source>
        <translation>%1: nach oben</translation>
    </message>
    <message>
        <source>%1: down</source>
        <translation>%1: nach unten</translation>
    </message>
    <message>
        <source>%1: remove</source>
        <translation>%1: entfernen</translation>
    </message>
    <message>
        <source>Show more (%1 left)</source>
        <translation>Mehr anzeigen (%1 übrig)</translation>
    </message>
</context>
<context>
    <name>dialogue::console::AuditPage</name>
    <message>
        <source>Search the audit log</source>
        <translation>Audit-Log durchsuchen</translation>
    </message>
    <message>
        <source>Nobody has done anything yet</source>
        <translation>Noch hat niemand etwas getan</translation>
    </message>
    <message>
        <source>Actions, and who looked at what events say, stand here.</source>
        <translation>Hier stehen Aktionen, und wer die Inhalte von Ereignissen angesehen hat.</translation>
    </message>
    <message>
        <source>No entry has this text</source>
        <translation>Kein Eintrag enthält diesen Text</translation>
    </message>
    <message>
        <source>Audit</source>
        <translation>Audit</translation>
    </message>
    <message>
        <source>The entry</source>
        <translation>Der Eintrag</translation>
    </message>
    <message>
        <source>Not for this account</source>
        <translation>Nicht für dieses Konto</translation>
    </message>
    <message>
        <source>The audit log is for owners; %1 comes in as %2.</source>
        <translation>Das Audit-Log ist der Rolle owner vorbehalten; %1 ist als %2 angemeldet.</translation>
    </message>
    <message>
        <source>Select an entry to see all of it.</source>
        <translation>Einen Eintrag auswählen, um ihn ganz zu sehen.</translation>
    </message>
    <message>
        <source>Entry %1, %2</source>
        <translation>Eintrag %1, %2</translation>
    </message>
    <message>
        <source>%1 from %2: %3</source>
        <translation>%1 von %2: %3</translation>
    </message>
    <message>
        <source>Reason: %1</source>
        <translation>Grund: %1</translation>
    </message>
    <message>
        <source>Ended: %1</source>
        <translation>Ausgang: %1</translation>
    </message>
    <message>
        <source>Request: %1</source>
        <translation>Anfrage: %1</translation>
    </message>
</context>
<context>
    <name>dialogue::console::BytesModel</name>
    <message>
        <source>Place</source>
        <translation>Stelle</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>Bytes</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
</context>
<context>
    <name>dialogue::console::CellDelegate</name>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
</context>
<context>
    <name>dialogue::console::ChangeDelegate</name>
    <message>
        <source>+ added</source>
        <translation>+ hinzugefügt</translation>
    </message>
    <message>
        <source>− removed</source>
        <translation>− entfernt</translation>
    </message>
    <message>
        <source>≠ changed</source>
        <translation>≠ geändert</translation>
    </message>
</context>
<context>
    <name>dialogue::console::ChartPlot</name>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>At %1: nothing is known</source>
        <translation>Um %1: nichts bekannt</translation>
    </message>
    <message>
        <source>At %1: %2</source>
        <translation>Um %1: %2</translation>
    </message>
    <message>
        <source>No figures yet</source>
        <translation>Noch keine Werte</translation>
    </message>
    <message>
        <source>Newest: %1</source>
        <translation>Neueste: %1</translation>
    </message>
    <message>
        <source>Not told by this server</source>
        <translation>Von diesem Server nicht mitgeteilt</translation>
    </message>
</context>
<context>
    <name>dialogue::console::ClientView</name>
    <message>
        <source>Id</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>%1 (verified)</source>
        <translation>%1 (verifiziert)</translation>
    </message>
    <message>
        <source>%1 (as it says itself)</source>
        <translation>%1 (nach eigener Angabe)</translation>
    </message>
    <message>
        <source>Roles</source>
        <translation>Rollen</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Transport</source>
        <translation>Transport</translation>
    </message>
    <message>
        <source>%1, over TLS</source>
        <translation>%1, über TLS</translation>
    </message>
    <message>
        <source>Round trip</source>
        <translation>Umlaufzeit</translation>
    </message>
    <message>
        <source>Waits to be sent</source>
        <translation>Wartet auf Versand</translation>
    </message>
    <message>
        <source>Recovered</source>
        <translation>Wiederhergestellt</translation>
    </message>
    <message>
        <source>yes: it came back, and missed nothing</source>
        <translation>ja: zurückgekehrt, ohne etwas zu verpassen</translation>
    </message>
    <message>
        <source>Room</source>
        <translation>Raum</translation>
    </message>
    <message>
        <source>Subscribed to</source>
        <translation>Abonniert</translation>
    </message>
    <message>
        <source>Rooms of the client</source>
        <translation>Räume des Clients</translation>
    </message>
    <message>
        <source>What the application keeps with the client</source>
        <translation>Was die Anwendung zum Client aufbewahrt</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>Client</translation>
    </message>
    <message>
        <source>Rooms</source>
        <translation>Räume</translation>
    </message>
    <message>
        <source>Headers</source>
        <translation>Header</translation>
    </message>
    <message>
        <source>Meta</source>
        <translation>Meta</translation>
    </message>
    <message numerus="yes">
        <source>%n clients are selected</source>
        <translation>
            <numerusform>%n Client ist ausgewählt</numerusform>
            <numerusform>%n Clients sind ausgewählt</numerusform>
        </translation>
    </message>
    <message>
        <source>No client is selected</source>
        <translation>Kein Client ausgewählt</translation>
    </message>
    <message>
        <source>Select one to see who it is, its rooms and how well it reads.</source>
        <translation>Einen auswählen, um zu sehen, wer es ist, in welchen Räumen er ist und wie gut er liest.</translation>
    </message>
    <message>
        <source>Rooms (%1)</source>
        <translation>Räume (%1)</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>This client is gone: %1</source>
        <translation>Dieser Client ist gegangen: %1</translation>
    </message>
</context>
<context>
    <name>dialogue::console::ClientsPage</name>
    <message>
        <source>Search clients by id or user</source>
        <translation>Clients nach ID oder Benutzer suchen</translation>
    </message>
    <message>
        <source>Nobody is connected</source>
        <translation>Niemand ist verbunden</translation>
    </message>
    <message>
        <source>Clients appear here as soon as they are.</source>
        <translation>Clients erscheinen hier, sobald sie verbunden sind.</translation>
    </message>
    <message>
        <source>Clients</source>
        <translation>Clients</translation>
    </message>
    <message>
        <source>All clients</source>
        <translation>Alle Clients</translation>
    </message>
    <message>
        <source>The slowest</source>
        <translation>Die langsamsten</translation>
    </message>
    <message>
        <source>Which clients</source>
        <translation>Welche Clients</translation>
    </message>
    <message>
        <source>Disconnect…</source>
        <translation>Trennen…</translation>
    </message>
    <message>
        <source>Have join a room…</source>
        <translation>Einem Raum beitreten lassen…</translation>
    </message>
    <message>
        <source>Remove from a room…</source>
        <translation>Aus einem Raum entfernen…</translation>
    </message>
    <message>
        <source>Remove from a room</source>
        <translation>Aus einem Raum entfernen</translation>
    </message>
    <message>
        <source>Room</source>
        <translation>Raum</translation>
    </message>
    <message>
        <source>They stay connected</source>
        <translation>Sie bleiben verbunden</translation>
    </message>
    <message>
        <source>Disconnect the user everywhere…</source>
        <translation>Benutzer überall trennen…</translation>
    </message>
    <message>
        <source>Ban the user…</source>
        <translation>Benutzer sperren…</translation>
    </message>
    <message>
        <source>Mute the user…</source>
        <translation>Benutzer stummschalten…</translation>
    </message>
    <message>
        <source>Send to the user…</source>
        <translation>An den Benutzer senden…</translation>
    </message>
    <message>
        <source>Copy the id</source>
        <translation>ID kopieren</translation>
    </message>
    <message>
        <source>Search clients</source>
        <translation>Clients suchen</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Who left</source>
        <translation>Wer gegangen ist</translation>
    </message>
</context>
<context>
    <name>dialogue::console::ColourRulesDialog</name>
    <message>
        <source>&amp;Add</source>
        <translation>&amp;Hinzufügen</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Entfernen</translation>
    </message>
    <message>
        <source>Move &amp;up</source>
        <translation>Nach &amp;oben</translation>
    </message>
    <message>
        <source>Move &amp;down</source>
        <translation>Nach &amp;unten</translation>
    </message>
    <message>
        <source>Colours of events</source>
        <translation>Farben von Ereignissen</translation>
    </message>
    <message>
        <source>Rules; the first that fits an event is the one</source>
        <translation>Regeln; die erste, die auf ein Ereignis passt, gilt</translation>
    </message>
    <message>
        <source>Event is called</source>
        <translation>Ereignis heißt</translation>
    </message>
    <message>
        <source>Filter wants it</source>
        <translation>Filter trifft zu</translation>
    </message>
    <message>
        <source>What the rule goes by</source>
        <translation>Wonach die Regel geht</translation>
    </message>
    <message>
        <source>Name or filter</source>
        <translation>Name oder Filter</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>Background</source>
        <translation>Hintergrund</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>What is coloured</source>
        <translation>Was gefärbt wird</translation>
    </message>
    <message>
        <source>&amp;Where:</source>
        <translation>&amp;Wenn:</translation>
    </message>
    <message>
        <source>&amp;Colour:</source>
        <translation>&amp;Farbe:</translation>
    </message>
    <message>
        <source>&amp;Of the:</source>
        <translation>&amp;Gefärbt wird:</translation>
    </message>
    <message>
        <source>The first rule that fits an event is the one.</source>
        <translation>Die erste Regel, die auf ein Ereignis passt, gilt.</translation>
    </message>
    <message>
        <source>(nothing yet)</source>
        <translation>(noch nichts)</translation>
    </message>
    <message>
        <source>%1 – %2</source>
        <translation>%1 – %2</translation>
    </message>
    <message>
        <source>A rule has no name, or a filter that is wrong</source>
        <translation>Eine Regel hat keinen Namen oder einen fehlerhaften Filter</translation>
    </message>
</context>
<context>
    <name>dialogue::console::CommandPalette</name>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>What do you want to do?</source>
        <translation>Was soll getan werden?</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Commands that fit</source>
        <translation>Passende Befehle</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>   (%1)</source>
        <translation>   (%1)</translation>
    </message>
</context>
<context>
    <name>dialogue::console::ConnectionBar</name>
    <message>
        <source>production</source>
        <translation>Produktion</translation>
    </message>
    <message>
        <source>staging</source>
        <translation>Staging</translation>
    </message>
    <message>
        <source>development</source>
        <translation>Entwicklung</translation>
    </message>
    <message>
        <source>not encrypted</source>
        <translation>unverschlüsselt</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Passwords and all that is shown cross the network in the clear: use https</source>
        <translation>Passwörter und alles, was gezeigt wird, gehen unverschlüsselt durch das Netz: https verwenden</translation>
    </message>
    <message>
        <source>There is no host %1. Is the name right, and is there a network?</source>
        <translation>Den Host %1 gibt es nicht. Stimmt der Name, und besteht eine Netzverbindung?</translation>
    </message>
    <message>
        <source>Nobody listens at %1. Does the server run, and at this port?</source>
        <translation>Unter %1 antwortet niemand. Läuft der Server, und auf diesem Port?</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is not trusted: %1. Name its authority in the profile, or, where it signs itself, its fingerprint.</source>
        <translation>Dem Zertifikat des Servers wird nicht vertraut: %1. Im Profil die Zertifizierungsstelle angeben oder, wenn es selbstsigniert ist, seinen Fingerabdruck.</translation>
    </message>
    <message>
        <source>● connected as %1 (%2)</source>
        <translation>● verbunden als %1 (%2)</translation>
    </message>
    <message>
        <source>◌ connecting…</source>
        <translation>◌ verbindet…</translation>
    </message>
    <message>
        <source>◌ lost; tries again in %1 s</source>
        <translation>◌ getrennt; neuer Versuch in %1 s</translation>
    </message>
    <message>
        <source>◌ lost; trying again…</source>
        <translation>◌ getrennt; neuer Versuch…</translation>
    </message>
    <message>
        <source>○ not connected</source>
        <translation>○ nicht verbunden</translation>
    </message>
</context>
<context>
    <name>dialogue::console::DataEditor</name>
    <message>
        <source>&amp;Form</source>
        <translation>&amp;Formular</translation>
    </message>
    <message>
        <source>&amp;JSON</source>
        <translation>&amp;JSON</translation>
    </message>
    <message>
        <source>Data as JSON</source>
        <translation>Daten als JSON</translation>
    </message>
    <message>
        <source>What is wrong with the data</source>
        <translation>Was an den Daten falsch ist</translation>
    </message>
    <message>
        <source>⚠ Not all digits of %1 are sent: it is neither a whole number of 64 bits nor exact as a double. A text keeps them.</source>
        <translation>⚠ Nicht alle Stellen von %1 werden gesendet: Es ist weder eine ganze Zahl mit 64 Bit noch als double exakt. Ein Text behält sie.</translation>
    </message>
    <message>
        <source>⚠ What is written under JSON is none (line %1, column %2). The form shows what was before; editing it replaces what is written there.</source>
        <translation>⚠ Der Text unter JSON ist kein JSON (Zeile %1, Spalte %2). Das Formular zeigt den vorigen Stand; wird es bearbeitet, ersetzt das den Text dort.</translation>
    </message>
    <message>
        <source>&amp;JSON (not valid)</source>
        <translation>&amp;JSON (ungültig)</translation>
    </message>
    <message>
        <source>✕ The schema cannot be used to check the data: %1</source>
        <translation>✕ Das Schema kann die Daten nicht prüfen: %1</translation>
    </message>
    <message>
        <source>✓ The data fits the schema.</source>
        <translation>✓ Die Daten entsprechen dem Schema.</translation>
    </message>
    <message>
        <source>There is no schema: whatever it says is taken.</source>
        <translation>Es gibt kein Schema: Alle Daten werden angenommen.</translation>
    </message>
    <message>
        <source>✕ 1 fault.</source>
        <translation>✕ 1 Fehler.</translation>
    </message>
    <message>
        <source>✕ %1 faults.</source>
        <translation>✕ %1 Fehler.</translation>
    </message>
    <message>
        <source>Enter in the list leads there:</source>
        <translation>Eingabetaste in der Liste führt dorthin:</translation>
    </message>
</context>
<context>
    <name>dialogue::console::DateTimeEditor</name>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>%1: now</source>
        <translation>%1: jetzt</translation>
    </message>
</context>
<context>
    <name>dialogue::console::DifferencesModel</name>
    <message>
        <source>Change</source>
        <translation>Änderung</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Stelle</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Vorher</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Nachher</translation>
    </message>
</context>
<context>
    <name>dialogue::console::DifferencesView</name>
    <message>
        <source> (offset %1)</source>
        <translation> (Offset %1)</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>Unterschiede</translation>
    </message>
    <message>
        <source>Nothing to compare with</source>
        <translation>Nichts zum Vergleichen</translation>
    </message>
    <message>
        <source>What one of the two says is not here.</source>
        <translation>Der Inhalt eines der beiden ist nicht hier.</translation>
    </message>
    <message>
        <source>There is no earlier event of this name in this room. Select two events to compare those.</source>
        <translation>In diesem Raum gibt es kein früheres Ereignis dieses Namens. Zwei Ereignisse auswählen, um diese zu vergleichen.</translation>
    </message>
    <message>
        <source>From “%1” in %2, %3, to %4</source>
        <translation>Von „%1“ in %2, %3, zu %4</translation>
    </message>
    <message>
        <source>They say the same</source>
        <translation>Beide haben denselben Inhalt</translation>
    </message>
    <message>
        <source>: the first %1 differences</source>
        <translation>: die ersten %1 Unterschiede</translation>
    </message>
</context>
<context>
    <name>dialogue::console::ErrorsPage</name>
    <message>
        <source>By code</source>
        <translation>Nach Code</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>By user</source>
        <translation>Nach Benutzer</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>By request and path</source>
        <translation>Nach Anfrage und Pfad</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>Anfrage</translation>
    </message>
    <message>
        <source>Errors and limits</source>
        <translation>Fehler und Grenzen</translation>
    </message>
    <message>
        <source>All codes</source>
        <translation>Alle Codes</translation>
    </message>
    <message>
        <source>Refusals of which code</source>
        <translation>Abweisungen mit welchem Code</translation>
    </message>
    <message>
        <source>Search refusals</source>
        <translation>Abweisungen durchsuchen</translation>
    </message>
    <message>
        <source>The newest refusals</source>
        <translation>Die neuesten Abweisungen</translation>
    </message>
    <message>
        <source>Near a limit</source>
        <translation>Nahe an einer Grenze</translation>
    </message>
    <message>
        <source>Go to the client</source>
        <translation>Zum Client</translation>
    </message>
    <message>
        <source>Go to the room</source>
        <translation>Zum Raum</translation>
    </message>
    <message>
        <source>Show all refusals</source>
        <translation>Alle Abweisungen anzeigen</translation>
    </message>
    <message>
        <source>The server does not say</source>
        <translation>Der Server sagt es nicht</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Nicht verbunden</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Nichts gefunden</translation>
    </message>
    <message>
        <source>No refusal that is kept has this code and this text.</source>
        <translation>Keine der gemerkten Abweisungen hat diesen Code und diesen Text.</translation>
    </message>
    <message>
        <source>Nothing was refused</source>
        <translation>Nichts wurde abgewiesen</translation>
    </message>
    <message>
        <source>What clients are refused appears here as it happens.</source>
        <translation>Was Clients verweigert wird, erscheint hier, sobald es geschieht.</translation>
    </message>
    <message>
        <source>Asking the server…</source>
        <translation>Fragt den Server…</translation>
    </message>
    <message>
        <source>%1 shown of %2</source>
        <translation>%1 von %2 gezeigt</translation>
    </message>
    <message>
        <source>%1; %2 more were counted alone: too many came at once</source>
        <translation>%1; %2 weitere wurden nur gezählt: es kamen zu viele auf einmal</translation>
    </message>
    <message>
        <source>As it was when the connection was lost</source>
        <translation>Stand bei der Trennung der Verbindung</translation>
    </message>
    <message>
        <source>Nobody is near a limit</source>
        <translation>Niemand ist nahe an einer Grenze</translation>
    </message>
    <message>
        <source>Send queues and rooms that are full to a tenth or more appear here.</source>
        <translation>Sendeschlangen und Räume, die zu einem Zehntel oder mehr voll sind, erscheinen hier.</translation>
    </message>
</context>
<context>
    <name>dialogue::console::EventCommands</name>
    <message>
        <source>Pause</source>
        <translation>Pausieren</translation>
    </message>
    <message>
        <source>Jump to newest</source>
        <translation>Zum neuesten springen</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Find…</source>
        <translation>Suchen…</translation>
    </message>
    <message>
        <source>Find next</source>
        <translation>Weitersuchen</translation>
    </message>
    <message>
        <source>Find previous</source>
        <translation>Rückwärts suchen</translation>
    </message>
    <message>
        <source>Copy as NDJSON</source>
        <translation>Als NDJSON kopieren</translation>
    </message>
    <message>
        <source>Trigger one like it…</source>
        <translation>Ein gleiches auslösen…</translation>
    </message>
    <message>
        <source>Export what is shown…</source>
        <translation>Angezeigtes exportieren…</translation>
    </message>
    <message>
        <source>Export the selection…</source>
        <translation>Auswahl exportieren…</translation>
    </message>
    <message>
        <source>Mark…</source>
        <translation>Markieren…</translation>
    </message>
    <message>
        <source>Next mark</source>
        <translation>Nächste Markierung</translation>
    </message>
    <message>
        <source>Previous mark</source>
        <translation>Vorige Markierung</translation>
    </message>
    <message>
        <source>Columns…</source>
        <translation>Spalten…</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>Colours…</source>
        <translation>Farben…</translation>
    </message>
    <message>
        <source>Why did somebody not get it?…</source>
        <translation>Warum hat es jemand nicht bekommen?…</translation>
    </message>
</context>
<context>
    <name>dialogue::console::EventDetails</name>
    <message>
        <source>The event&apos;s data, byte by byte</source>
        <translation>Die Daten des Ereignisses, Byte für Byte</translation>
    </message>
    <message>
        <source>&amp;Tree</source>
        <translation>&amp;Baum</translation>
    </message>
    <message>
        <source>&amp;Raw</source>
        <translation>R&amp;oh</translation>
    </message>
    <message>
        <source>He&amp;x</source>
        <translation>He&amp;x</translation>
    </message>
    <message>
        <source>&amp;Differences</source>
        <translation>Un&amp;terschiede</translation>
    </message>
    <message>
        <source>Views of what the event says</source>
        <translation>Ansichten des Inhalts</translation>
    </message>
    <message>
        <source>No event is selected</source>
        <translation>Kein Ereignis ausgewählt</translation>
    </message>
    <message>
        <source>Choose one to see what it says.</source>
        <translation>Eines auswählen, um seinen Inhalt zu sehen.</translation>
    </message>
    <message>
        <source>What it says is not here</source>
        <translation>Der Inhalt ist nicht hier</translation>
    </message>
    <message>
        <source>It is larger than what this console keeps of one event.</source>
        <translation>Er ist größer als das, was diese Konsole von einem Ereignis aufbewahrt.</translation>
    </message>
    <message>
        <source>It was not asked for when this event came, or is larger than 256 KiB.</source>
        <translation>Er war nicht angefordert, als dieses Ereignis kam, oder ist größer als 256 KiB.</translation>
    </message>
    <message>
        <source>✓ As the schema of this event wants it.</source>
        <translation>✓ Entspricht dem Schema dieses Ereignisses.</translation>
    </message>
    <message>
        <source>⚠ Not as the schema wants it: %1</source>
        <translation>⚠ Entspricht nicht dem Schema: %1</translation>
    </message>
    <message>
        <source>⚠ Not as the schema wants it, in %1 places: %2</source>
        <translation>⚠ Entspricht nicht dem Schema, an %1 Stellen: %2</translation>
    </message>
</context>
<context>
    <name>dialogue::console::EventModel</name>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Room</source>
        <translation>Raum</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Offset</source>
        <translation>Offset</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>Knoten</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
</context>
<context>
    <name>dialogue::console::EventStatus</name>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Not shown</source>
        <translation>Nicht angezeigt</translation>
    </message>
    <message>
        <source>↓ Jump to newest</source>
        <translation>↓ Zum neuesten springen</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Jump to newest</source>
        <translation>Zum neuesten springen</translation>
    </message>
    <message>
        <source>‖ Paused, filling behind: %1 new</source>
        <translation>‖ Pausiert, im Hintergrund kommen weitere: %1 neu</translation>
    </message>
    <message>
        <source>‖ Paused</source>
        <translation>‖ Pausiert</translation>
    </message>
    <message>
        <source>… Asking the server</source>
        <translation>… Fragt den Server</translation>
    </message>
    <message>
        <source>● Watching</source>
        <translation>● Beobachtet</translation>
    </message>
    <message>
        <source>○ The connection is lost; goes on when it is back</source>
        <translation>○ Die Verbindung ist getrennt; weiter, sobald sie wieder da ist</translation>
    </message>
    <message>
        <source>○ Not watching</source>
        <translation>○ Beobachtet nicht</translation>
    </message>
    <message>
        <source>some (%1)</source>
        <translation>einige (%1)</translation>
    </message>
    <message>
        <source>Not shown: %1</source>
        <translation>Nicht angezeigt: %1</translation>
    </message>
    <message>
        <source>1 row</source>
        <translation>1 Zeile</translation>
    </message>
    <message>
        <source>%1 rows</source>
        <translation>%1 Zeilen</translation>
    </message>
    <message>
        <source>%1 of %2 rows</source>
        <translation>%1 von %2 Zeilen</translation>
    </message>
    <message>
        <source>, %1 selected</source>
        <translation>, %1 ausgewählt</translation>
    </message>
    <message>
        <source>, searching…</source>
        <translation>, sucht…</translation>
    </message>
    <message>
        <source>, %1/s</source>
        <translation>, %1/s</translation>
    </message>
</context>
<context>
    <name>dialogue::console::EventTable</name>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
</context>
<context>
    <name>dialogue::console::EventsPage</name>
    <message>
        <source>Live events</source>
        <translation>Live-Ereignisse</translation>
    </message>
    <message>
        <source>What can be done with events</source>
        <translation>Was mit Ereignissen getan werden kann</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>Sucht…</translation>
    </message>
    <message>
        <source>None of the events here is like that</source>
        <translation>Keines der Ereignisse hier passt</translation>
    </message>
    <message>
        <source>%1 are hidden by what stands in “Show only”.</source>
        <translation>%1 sind durch „Nur anzeigen“ verborgen.</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Alle anzeigen</translation>
    </message>
    <message>
        <source>Nothing has come yet</source>
        <translation>Noch ist nichts gekommen</translation>
    </message>
    <message>
        <source>Events are shown as they are published.</source>
        <translation>Ereignisse erscheinen, sobald sie veröffentlicht werden.</translation>
    </message>
    <message>
        <source>Waiting for the server</source>
        <translation>Wartet auf den Server</translation>
    </message>
    <message>
        <source>No connection</source>
        <translation>Keine Verbindung</translation>
    </message>
    <message>
        <source>Events can be watched when the server is connected.</source>
        <translation>Ereignisse lassen sich beobachten, sobald der Server verbunden ist.</translation>
    </message>
    <message>
        <source>Nothing is watched</source>
        <translation>Es wird nichts beobachtet</translation>
    </message>
    <message>
        <source>Say which rooms and events you want to see, and press Start. Without any it is all of them.</source>
        <translation>Räume und Ereignisse angeben und auf „Starten“ drücken. Ohne Angabe sind es alle.</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>%1 entfernen</translation>
    </message>
    <message>
        <source>As they were at first</source>
        <translation>Wie zu Beginn</translation>
    </message>
    <message>
        <source>There is such a column already, or there are %1 of them.</source>
        <translation>Eine solche Spalte gibt es schon, oder es sind schon %1.</translation>
    </message>
    <message>
        <source>That is more than %1 rows or %2: export the selection instead.</source>
        <translation>Das sind mehr als %1 Zeilen oder %2: stattdessen die Auswahl exportieren.</translation>
    </message>
    <message>
        <source>Select the event that it is to be like.</source>
        <translation>Das Ereignis auswählen, dem es gleichen soll.</translation>
    </message>
    <message>
        <source>An export is under way.</source>
        <translation>Ein Export läuft bereits.</translation>
    </message>
    <message>
        <source>Nothing is selected.</source>
        <translation>Nichts ist ausgewählt.</translation>
    </message>
    <message>
        <source>Export events</source>
        <translation>Ereignisse exportieren</translation>
    </message>
    <message>
        <source>NDJSON (*.ndjson)</source>
        <translation>NDJSON (*.ndjson)</translation>
    </message>
    <message>
        <source>CSV (*.csv)</source>
        <translation>CSV (*.csv)</translation>
    </message>
    <message>
        <source>No event is chosen.</source>
        <translation>Kein Ereignis ausgewählt.</translation>
    </message>
    <message>
        <source>Mark this event</source>
        <translation>Dieses Ereignis markieren</translation>
    </message>
    <message>
        <source>Comment (may be empty):</source>
        <translation>Kommentar (darf leer sein):</translation>
    </message>
    <message>
        <source>There are %1 marks already.</source>
        <translation>Es gibt schon %1 Markierungen.</translation>
    </message>
    <message>
        <source>Nothing is marked.</source>
        <translation>Nichts ist markiert.</translation>
    </message>
    <message>
        <source>The marked event is not among those that are shown.</source>
        <translation>Das markierte Ereignis ist nicht unter den angezeigten.</translation>
    </message>
    <message>
        <source>Select the event that somebody did not get.</source>
        <translation>Wählen Sie das Ereignis, das jemand nicht bekommen hat.</translation>
    </message>
</context>
<context>
    <name>dialogue::console::ExportBar</name>
    <message>
        <source>Progress of the export</source>
        <translation>Fortschritt des Exports</translation>
    </message>
    <message>
        <source>The export was cancelled.</source>
        <translation>Der Export wurde abgebrochen.</translation>
    </message>
    <message>
        <source>%1 rows written to %2</source>
        <translation>%1 Zeilen in %2 geschrieben</translation>
    </message>
    <message>
        <source>Not written: %1</source>
        <translation>Nicht geschrieben: %1</translation>
    </message>
    <message>
        <source>Writing %1</source>
        <translation>Schreibt %1</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Ausblenden</translation>
    </message>
</context>
<context>
    <name>dialogue::console::FactsView</name>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Room</source>
        <translation>Raum</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Offset</source>
        <translation>Offset</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
</context>
<context>
    <name>dialogue::console::FieldBody</name>
    <message>
        <source>not set</source>
        <translation>nicht gesetzt</translation>
    </message>
    <message>
        <source>This form is too large: the rest of it is in the JSON.</source>
        <translation>Dieses Formular ist zu groß: Der Rest steht im JSON.</translation>
    </message>
    <message>
        <source>This value is none that the field is for; here is its JSON.</source>
        <translation>Das Feld ist für andere Werte gedacht; hier ist das JSON des Werts.</translation>
    </message>
    <message>
        <source>Any JSON.</source>
        <translation>Beliebiges JSON.</translation>
    </message>
    <message>
        <source>%1 It is written as JSON.</source>
        <translation>%1 Einzugeben als JSON.</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>Setzen</translation>
    </message>
    <message>
        <source>Begin anew</source>
        <translation>Neu beginnen</translation>
    </message>
    <message>
        <source>%1: set</source>
        <translation>%1: setzen</translation>
    </message>
    <message>
        <source>%1: begin anew</source>
        <translation>%1: neu beginnen</translation>
    </message>
</context>
<context>
    <name>dialogue::console::FieldEditors</name>
    <message>
        <source>5 minutes</source>
        <translation>5 Minuten</translation>
    </message>
    <message>
        <source>15 minutes</source>
        <translation>15 Minuten</translation>
    </message>
    <message>
        <source>1 hour</source>
        <translation>1 Stunde</translation>
    </message>
    <message>
        <source>1 day</source>
        <translation>1 Tag</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7 Tage</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 Tage</translation>
    </message>
    <message>
        <source>until it is lifted</source>
        <translation>bis zur Aufhebung</translation>
    </message>
    <message>
        <source>must be a whole number from 1 on</source>
        <translation>muss eine ganze Zahl ab 1 sein</translation>
    </message>
    <message>
        <source>is no JSON: %1, at character %2; a text has its quotes</source>
        <translation>ist kein JSON: %1, bei Zeichen %2; ein Text steht in Anführungszeichen</translation>
    </message>
    <message>
        <source>must be one value</source>
        <translation>muss ein einziger Wert sein</translation>
    </message>
    <message>
        <source>%1 (required):</source>
        <translation>%1 (erforderlich):</translation>
    </message>
    <message>
        <source>%1:</source>
        <translation>%1:</translation>
    </message>
    <message>
        <source>is required</source>
        <translation>ist erforderlich</translation>
    </message>
</context>
<context>
    <name>dialogue::console::FieldRow</name>
    <message>
        <source>1 item</source>
        <translation>1 Element</translation>
    </message>
    <message>
        <source>%1 items</source>
        <translation>%1 Elemente</translation>
    </message>
    <message>
        <source>%1, optional</source>
        <translation>%1, optional</translation>
    </message>
    <message>
        <source>%1: fold</source>
        <translation>%1: einklappen</translation>
    </message>
    <message>
        <source>required</source>
        <translation>erforderlich</translation>
    </message>
    <message>
        <source>not set</source>
        <translation>nicht gesetzt</translation>
    </message>
    <message>
        <source>folded</source>
        <translation>eingeklappt</translation>
    </message>
    <message>
        <source>unfolded</source>
        <translation>ausgeklappt</translation>
    </message>
</context>
<context>
    <name>dialogue::console::FileField</name>
    <message>
        <source>Look for it</source>
        <translation>Datei auswählen</translation>
    </message>
</context>
<context>
    <name>dialogue::console::FormSchema</name>
    <message>
        <source>It is too deep for a form.</source>
        <translation>Es ist zu tief verschachtelt für ein Formular.</translation>
    </message>
    <message>
        <source>It is a binary attachment, which cannot be sent from here.</source>
        <translation>Es ist ein binärer Anhang; der lässt sich von hier nicht senden.</translation>
    </message>
    <message>
        <source>It is one of too many (%1).</source>
        <translation>Es ist eines von zu vielen (%1).</translation>
    </message>
</context>
<context>
    <name>dialogue::console::FormView</name>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
</context>
<context>
    <name>dialogue::console::GapWords</name>
    <message>
        <source>beyond the rate that was asked for</source>
        <translation>mehr als die angeforderte Rate</translation>
    </message>
    <message>
        <source>the server had too many waiting</source>
        <translation>beim Server warteten zu viele</translation>
    </message>
    <message>
        <source>the console was too slow</source>
        <translation>die Konsole war zu langsam</translation>
    </message>
    <message>
        <source>the filter took too long</source>
        <translation>der Filter brauchte zu lange</translation>
    </message>
    <message>
        <source>the connection was lost</source>
        <translation>die Verbindung war getrennt</translation>
    </message>
    <message>
        <source>Events may be missing here: %1</source>
        <translation>Hier fehlen vielleicht Ereignisse: %1</translation>
    </message>
    <message>
        <source>1 event not shown: %1</source>
        <translation>1 Ereignis nicht angezeigt: %1</translation>
    </message>
    <message>
        <source>%1 events not shown: %2</source>
        <translation>%1 Ereignisse nicht angezeigt: %2</translation>
    </message>
    <message>
        <source>More events came in a second than this watch asks for.</source>
        <translation>In einer Sekunde kamen mehr Ereignisse, als diese Beobachtung anfordert.</translation>
    </message>
    <message>
        <source>They waited to be looked at, and were more than admin.watchBuffer holds. Whether the filter would have let them through nobody knows. Fewer rooms help.</source>
        <translation>Sie warteten auf die Prüfung und waren mehr, als admin.watchBuffer fasst. Ob der Filter sie durchgelassen hätte, ist unbekannt. Weniger Räume helfen.</translation>
    </message>
    <message>
        <source>This console had not taken what was sent before. A filter at the server, or leaving out what they say, makes it less.</source>
        <translation>Diese Konsole hatte noch nicht angenommen, was zuvor gesendet wurde. Ein Filter am Server oder der Verzicht auf die Inhalte verringert die Menge.</translation>
    </message>
    <message>
        <source>All filters together have a quarter of each second. Ask for room, event and from first: they cost least.</source>
        <translation>Alle Filter zusammen haben ein Viertel jeder Sekunde. Zuerst nach room, event und from fragen: Das kostet am wenigsten.</translation>
    </message>
    <message>
        <source>The watch has begun again since. What was published in between nobody has told this console.</source>
        <translation>Die Beobachtung hat inzwischen neu begonnen. Was dazwischen veröffentlicht wurde, hat diese Konsole nicht erfahren.</translation>
    </message>
</context>
<context>
    <name>dialogue::console::Hint</name>
    <message>
        <source>text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>whole number</source>
        <translation>ganze Zahl</translation>
    </message>
    <message>
        <source>number</source>
        <translation>Zahl</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>wahr oder falsch</translation>
    </message>
    <message>
        <source>null</source>
        <translation>null</translation>
    </message>
    <message>
        <source>one of a list</source>
        <translation>eines aus einer Liste</translation>
    </message>
    <message>
        <source>object</source>
        <translation>Objekt</translation>
    </message>
    <message>
        <source>list</source>
        <translation>Liste</translation>
    </message>
    <message>
        <source>one of several</source>
        <translation>eines von mehreren</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>at least %1</source>
        <translation>mindestens %1</translation>
    </message>
    <message>
        <source>at most %1</source>
        <translation>höchstens %1</translation>
    </message>
    <message>
        <source>more than %1</source>
        <translation>mehr als %1</translation>
    </message>
    <message>
        <source>less than %1</source>
        <translation>weniger als %1</translation>
    </message>
    <message>
        <source>a multiple of %1</source>
        <translation>ein Vielfaches von %1</translation>
    </message>
    <message>
        <source>characters: %1</source>
        <comment>a range of lengths</comment>
        <translation>Zeichen: %1</translation>
    </message>
    <message>
        <source>%1 format</source>
        <comment>email, uuid, ...</comment>
        <translation>Format %1</translation>
    </message>
    <message>
        <source>like %1</source>
        <comment>regular expression</comment>
        <translation>nach dem Muster %1</translation>
    </message>
    <message>
        <source>object with %1</source>
        <translation>Objekt mit %1</translation>
    </message>
    <message>
        <source>date and time in UTC</source>
        <translation>Datum und Uhrzeit in UTC</translation>
    </message>
    <message>
        <source>items: %1</source>
        <comment>a range of counts</comment>
        <translation>Elemente: %1</translation>
    </message>
    <message>
        <source>each once</source>
        <translation>jedes nur einmal</translation>
    </message>
    <message>
        <source>, </source>
        <translation>, </translation>
    </message>
    <message>
        <source>for instance %1</source>
        <translation>zum Beispiel %1</translation>
    </message>
</context>
<context>
    <name>dialogue::console::JsonDelegate</name>
    <message>
        <source>attachment</source>
        <translation>Anhang</translation>
    </message>
    <message>
        <source>null</source>
        <translation>null</translation>
    </message>
    <message>
        <source>boolean</source>
        <translation>Boolean</translation>
    </message>
    <message>
        <source>number</source>
        <translation>Zahl</translation>
    </message>
    <message>
        <source>text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>array</source>
        <translation>Array</translation>
    </message>
    <message>
        <source>object</source>
        <translation>Objekt</translation>
    </message>
    <message>
        <source>no JSON</source>
        <translation>kein JSON</translation>
    </message>
    <message>
        <source>attachment %1: binary, which consoles are not sent</source>
        <translation>Anhang %1: binär, wird nicht an Konsolen gesendet</translation>
    </message>
    <message>
        <source>1 item</source>
        <translation>1 Element</translation>
    </message>
    <message>
        <source>%1 items</source>
        <translation>%1 Elemente</translation>
    </message>
    <message>
        <source>1 member</source>
        <translation>1 Member</translation>
    </message>
    <message>
        <source>%1 members</source>
        <translation>%1 Member</translation>
    </message>
</context>
<context>
    <name>dialogue::console::JsonEditor</name>
    <message>
        <source>✕ %1. Until it is JSON, what was before counts.</source>
        <translation>✕ %1. Bis es JSON ist, gilt der vorige Stand.</translation>
    </message>
</context>
<context>
    <name>dialogue::console::JsonEntry</name>
    <message>
        <source>More than %L1 characters</source>
        <translation>Mehr als %L1 Zeichen</translation>
    </message>
    <message>
        <source>Line %1, column %2: %3</source>
        <translation>Zeile %1, Spalte %2: %3</translation>
    </message>
</context>
<context>
    <name>dialogue::console::JsonTreeModel</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>The schema says</source>
        <translation>Das Schema sagt</translation>
    </message>
</context>
<context>
    <name>dialogue::console::JsonTreeView</name>
    <message>
        <source>What the event says</source>
        <translation>Inhalt des Ereignisses</translation>
    </message>
    <message>
        <source>Copy value</source>
        <translation>Wert kopieren</translation>
    </message>
    <message>
        <source>Copy JSON pointer</source>
        <translation>JSON-Pointer kopieren</translation>
    </message>
    <message>
        <source>Show as column</source>
        <translation>Als Spalte anzeigen</translation>
    </message>
    <message>
        <source>Filter by this</source>
        <translation>Danach filtern</translation>
    </message>
</context>
<context>
    <name>dialogue::console::LegendEntry</name>
    <message>
        <source>%1: show or hide</source>
        <translation>%1: ein- oder ausblenden</translation>
    </message>
</context>
<context>
    <name>dialogue::console::ListPane</name>
    <message>
        <source>The server does not say</source>
        <translation>Der Server sagt es nicht</translation>
    </message>
    <message>
        <source>Asking the server…</source>
        <translation>Fragt den Server…</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Nicht verbunden</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Nichts gefunden</translation>
    </message>
    <message>
        <source>The search looks for a part of an id, a name or a user, capitals or not.</source>
        <translation>Gesucht wird ein Teil einer ID, eines Namens oder eines Benutzers, ohne Groß- und Kleinschreibung zu beachten.</translation>
    </message>
    <message>
        <source>The first %1 of %2: search to see others</source>
        <translation>Die ersten %1 von %2: suchen, um andere zu sehen</translation>
    </message>
    <message>
        <source>%1 in all</source>
        <translation>%1 insgesamt</translation>
    </message>
    <message>
        <source>As it was when the connection was lost</source>
        <translation>Stand bei der Trennung der Verbindung</translation>
    </message>
</context>
<context>
    <name>dialogue::console::MainWindow</name>
    <message>
        <source>&amp;Go</source>
        <translation>&amp;Gehe zu</translation>
    </message>
    <message>
        <source>&amp;Page</source>
        <translation>S&amp;eite</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Commands…</source>
        <translation>&amp;Befehle…</translation>
    </message>
    <message>
        <source>&amp;About Dialogue</source>
        <translation>&amp;Über Dialogue</translation>
    </message>
    <message>
        <source>Dialogue</source>
        <translation>Dialogue</translation>
    </message>
    <message>
        <source>Dialogue&apos;s console, version %1</source>
        <translation>Konsole von Dialogue, Version %1</translation>
    </message>
    <message>
        <source>&amp;Server</source>
        <translation>&amp;Server</translation>
    </message>
    <message>
        <source>&amp;New profile…</source>
        <translation>&amp;Neues Profil…</translation>
    </message>
    <message>
        <source>&amp;Other servers</source>
        <translation>&amp;Andere Server</translation>
    </message>
    <message>
        <source>&amp;Broadcast to all…</source>
        <translation>&amp;Broadcast an alle…</translation>
    </message>
    <message>
        <source>Lift a ba&amp;n…</source>
        <translation>S&amp;perre aufheben…</translation>
    </message>
    <message>
        <source>Lift a &amp;mute…</source>
        <translation>Stumms&amp;chaltung aufheben…</translation>
    </message>
    <message>
        <source>&amp;Stop the server…</source>
        <translation>&amp;Server stoppen…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>B&amp;eenden</translation>
    </message>
    <message>
        <source>&amp;Appearance</source>
        <translation>&amp;Darstellung</translation>
    </message>
    <message>
        <source>As the &amp;desktop</source>
        <translation>Wie der &amp;Desktop</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <source>Dar&amp;k</source>
        <translation>Dun&amp;kel</translation>
    </message>
    <message>
        <source>Keychain</source>
        <translation>Schlüsselbund</translation>
    </message>
    <message>
        <source>The password is known until the console ends: the keychain would not keep it (%1).</source>
        <translation>Das Passwort ist bekannt, bis die Konsole endet: Der Schlüsselbund hat es nicht angenommen (%1).</translation>
    </message>
    <message>
        <source>%1: %2 – Dialogue</source>
        <translation>%1: %2 – Dialogue</translation>
    </message>
</context>
<context>
    <name>dialogue::console::NarrowBar</name>
    <message>
        <source>&amp;Gaps</source>
        <translation>&amp;Lücken</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>How shown events are chosen</source>
        <translation>Wie die angezeigten Ereignisse ausgewählt werden</translation>
    </message>
    <message>
        <source>Show only events that have this text</source>
        <translation>Nur Ereignisse anzeigen, die diesen Text enthalten</translation>
    </message>
    <message>
        <source>Show only</source>
        <translation>Nur anzeigen</translation>
    </message>
    <message>
        <source>Show where events are missing</source>
        <translation>Anzeigen, wo Ereignisse fehlen</translation>
    </message>
    <message>
        <source>&amp;Show only:</source>
        <translation>Nur an&amp;zeigen:</translation>
    </message>
    <message>
        <source>Show only events like: event == &quot;bid&quot; &amp;&amp; data.price &gt; 10</source>
        <translation>Nur Ereignisse anzeigen wie: event == &quot;bid&quot; &amp;&amp; data.price &gt; 10</translation>
    </message>
</context>
<context>
    <name>dialogue::console::ObjectEditor</name>
    <message>
        <source>Name of another member</source>
        <translation>Name eines weiteren Members</translation>
    </message>
    <message>
        <source>%1: name of another member</source>
        <translation>%1: Name eines weiteren Members</translation>
    </message>
    <message>
        <source>Add member</source>
        <translation>Member hinzufügen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>%1: remove</source>
        <translation>%1: entfernen</translation>
    </message>
    <message>
        <source>Show more (%1 left)</source>
        <translation>Mehr anzeigen (%1 übrig)</translation>
    </message>
    <message>
        <source>Further members, which can be written as JSON: %1.</source>
        <translation>Weitere Member, die sich als JSON schreiben lassen: %1.</translation>
    </message>
    <message>
        <source>More members in the JSON: %1.</source>
        <translation>Weitere Member im JSON: %1.</translation>
    </message>
    <message>
        <source>It has no members.</source>
        <translation>Es hat keine Member.</translation>
    </message>
</context>
<context>
    <name>dialogue::console::Outcome</name>
    <message>
        <source>Would reach nobody: no one is in the room. It is kept where the room has a history.</source>
        <translation>Würde niemanden erreichen: Niemand ist im Raum. Es wird aufbewahrt, wenn der Raum einen Verlauf hat.</translation>
    </message>
    <message>
        <source>Would reach 1 participant.</source>
        <translation>Würde 1 Teilnehmer erreichen.</translation>
    </message>
    <message>
        <source>Would reach %1 participants.</source>
        <translation>Würde %1 Teilnehmer erreichen.</translation>
    </message>
    <message>
        <source>%1 sent.</source>
        <translation>%1 gesendet.</translation>
    </message>
    <message>
        <source>Whether it was done is not known; sent again as it is, it is done once.</source>
        <translation>Ob es geschehen ist, ist unbekannt; unverändert erneut gesendet, geschieht es nur einmal.</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Angehalten.</translation>
    </message>
    <message>
        <source>Done, at offset %1.</source>
        <translation>Erledigt, bei Offset %1.</translation>
    </message>
    <message>
        <source>Done.</source>
        <translation>Erledigt.</translation>
    </message>
</context>
<context>
    <name>dialogue::console::OverviewPage</name>
    <message>
        <source>Overview</source>
        <translation>Überblick</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Figures of 5 minutes</source>
        <translation>Werte von 5 Minuten</translation>
    </message>
    <message>
        <source>5 min</source>
        <translation>5 min</translation>
    </message>
    <message>
        <source>Figures of 15 minutes</source>
        <translation>Werte von 15 Minuten</translation>
    </message>
    <message>
        <source>15 min</source>
        <translation>15 min</translation>
    </message>
    <message>
        <source>Figures of an hour</source>
        <translation>Werte einer Stunde</translation>
    </message>
    <message>
        <source>1 h</source>
        <translation>1 h</translation>
    </message>
    <message>
        <source>Figures of 6 hours</source>
        <translation>Werte von 6 Stunden</translation>
    </message>
    <message>
        <source>6 h</source>
        <translation>6 h</translation>
    </message>
    <message>
        <source>Figures of a day</source>
        <translation>Werte eines Tages</translation>
    </message>
    <message>
        <source>24 h</source>
        <translation>24 h</translation>
    </message>
    <message>
        <source>Not permitted to this account</source>
        <translation>Diesem Konto nicht erlaubt</translation>
    </message>
    <message>
        <source>To see the figures of the server it needs the permission “look”.</source>
        <translation>Um die Werte des Servers zu sehen, braucht es die Berechtigung „look“.</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Nicht verbunden</translation>
    </message>
    <message>
        <source>Connecting …</source>
        <translation>Verbindet …</translation>
    </message>
    <message>
        <source>version %1</source>
        <translation>Version %1</translation>
    </message>
    <message>
        <source>run %1</source>
        <translation>Lauf %1</translation>
    </message>
    <message>
        <source>as %1 (%2)</source>
        <translation>als %1 (%2)</translation>
    </message>
    <message>
        <source>Not connected.</source>
        <translation>Nicht verbunden.</translation>
    </message>
    <message>
        <source>The connection is lost.</source>
        <translation>Die Verbindung ist getrennt.</translation>
    </message>
    <message>
        <source>These figures are of before, up to %1.</source>
        <translation>Diese Werte sind von vorher, bis %1.</translation>
    </message>
    <message>
        <source>The server does not tell its figures: %1</source>
        <translation>Der Server teilt seine Werte nicht mit: %1</translation>
    </message>
</context>
<context>
    <name>dialogue::console::PasswordDialog</name>
    <message>
        <source>&amp;Keep it in the keychain of this desktop</source>
        <translation>Im &amp;Schlüsselbund dieses Desktops aufbewahren</translation>
    </message>
    <message>
        <source>Come in to %1</source>
        <translation>Anmelden bei %1</translation>
    </message>
    <message>
        <source>Account:</source>
        <translation>Konto:</translation>
    </message>
    <message>
        <source>&amp;Password:</source>
        <translation>&amp;Passwort:</translation>
    </message>
</context>
<context>
    <name>dialogue::console::ProfileDialog</name>
    <message>
        <source>An &amp;account, with a password</source>
        <translation>&amp;Konto mit Passwort</translation>
    </message>
    <message>
        <source>The &amp;token that the server has made</source>
        <translation>&amp;Token, das der Server erzeugt hat</translation>
    </message>
    <message>
        <source>The file with the token</source>
        <translation>Die Datei mit dem Token</translation>
    </message>
    <message>
        <source>Certificates of the authority</source>
        <translation>Zertifikate der Zertifizierungsstelle</translation>
    </message>
    <message>
        <source>The client&apos;s certificate</source>
        <translation>Das Zertifikat des Clients</translation>
    </message>
    <message>
        <source>The key of the client&apos;s certificate</source>
        <translation>Der Schlüssel des Client-Zertifikats</translation>
    </message>
    <message>
        <source>New profile</source>
        <translation>Neues Profil</translation>
    </message>
    <message>
        <source>Profile %1</source>
        <translation>Profil %1</translation>
    </message>
    <message>
        <source>Development</source>
        <translation>Entwicklung</translation>
    </message>
    <message>
        <source>Staging</source>
        <translation>Staging</translation>
    </message>
    <message>
        <source>Production: type its name before anything is done</source>
        <translation>Produktion: vor jeder Aktion den Namen eintippen</translation>
    </message>
    <message>
        <source>none</source>
        <translation>ohne</translation>
    </message>
    <message>
        <source>asked for when it is left empty</source>
        <translation>wird erfragt, wenn es leer bleibt</translation>
    </message>
    <message>
        <source>as it is kept</source>
        <translation>wie aufbewahrt</translation>
    </message>
    <message>
        <source>the system&apos;s</source>
        <translation>wie im System</translation>
    </message>
    <message>
        <source>SHA-256 of a certificate that signs itself</source>
        <translation>SHA-256, wenn es selbstsigniert ist</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>TLS and proxy</source>
        <translation>TLS und Proxy</translation>
    </message>
    <message>
        <source>&amp;Name:</source>
        <translation>&amp;Name:</translation>
    </message>
    <message>
        <source>&amp;Folder:</source>
        <translation>O&amp;rdner:</translation>
    </message>
    <message>
        <source>&amp;URL:</source>
        <translation>&amp;URL:</translation>
    </message>
    <message>
        <source>&amp;Kind:</source>
        <translation>&amp;Art:</translation>
    </message>
    <message>
        <source>Come in by:</source>
        <translation>Anmelden mit:</translation>
    </message>
    <message>
        <source>Acco&amp;unt:</source>
        <translation>K&amp;onto:</translation>
    </message>
    <message>
        <source>&amp;Password:</source>
        <translation>&amp;Passwort:</translation>
    </message>
    <message>
        <source>T&amp;oken file:</source>
        <translation>Token-&amp;Datei:</translation>
    </message>
    <message>
        <source>&amp;Authority (PEM):</source>
        <translation>Zertifizierungsste&amp;lle (PEM):</translation>
    </message>
    <message>
        <source>&amp;Fingerprint:</source>
        <translation>&amp;Fingerabdruck:</translation>
    </message>
    <message>
        <source>Client &amp;certificate (PEM):</source>
        <translation>&amp;Client-Zertifikat (PEM):</translation>
    </message>
    <message>
        <source>Its &amp;key (PEM):</source>
        <translation>Dessen &amp;Schlüssel (PEM):</translation>
    </message>
    <message>
        <source>&amp;Proxy:</source>
        <translation>Pro&amp;xy:</translation>
    </message>
</context>
<context>
    <name>dialogue::console::ProfilesPage</name>
    <message>
        <source>development</source>
        <translation>Entwicklung</translation>
    </message>
    <message>
        <source>staging</source>
        <translation>Staging</translation>
    </message>
    <message>
        <source>production</source>
        <translation>Produktion</translation>
    </message>
    <message>
        <source>Servers</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>URL</source>
        <translation>URL</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Konto</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Ändern…</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Entfernen…</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Importieren…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>New…</source>
        <translation>Neu…</translation>
    </message>
    <message>
        <source>by token</source>
        <translation>per Token</translation>
    </message>
    <message>
        <source>No server is known yet</source>
        <translation>Noch ist kein Server bekannt</translation>
    </message>
    <message>
        <source>A profile says where a server is and by which account you come in. The server must have one under “admin.accounts”, or a token (“admin.token: generate”).</source>
        <translation>Ein Profil sagt, wo ein Server ist und mit welchem Konto die Anmeldung erfolgt. Der Server braucht eines unter „admin.accounts“ oder ein Token („admin.token: generate“).</translation>
    </message>
    <message>
        <source>New profile…</source>
        <translation>Neues Profil…</translation>
    </message>
    <message>
        <source>The password is known until the console ends: the keychain would not keep it (%1).</source>
        <translation>Das Passwort ist bekannt, bis die Konsole endet: Der Schlüsselbund hat es nicht angenommen (%1).</translation>
    </message>
    <message>
        <source>Remove a profile</source>
        <translation>Profil entfernen</translation>
    </message>
    <message>
        <source>Remove the profile “%1”, and its password from the keychain?</source>
        <translation>Das Profil „%1“ entfernen, und sein Passwort aus dem Schlüsselbund?</translation>
    </message>
    <message>
        <source>Import profiles</source>
        <translation>Profile importieren</translation>
    </message>
    <message>
        <source>Profiles (*.json)</source>
        <translation>Profile (*.json)</translation>
    </message>
    <message>
        <source>Export profiles</source>
        <translation>Profile exportieren</translation>
    </message>
    <message>
        <source>The profiles cannot be read</source>
        <translation>Die Profile sind nicht lesbar</translation>
    </message>
    <message>
        <source>The file is put aside, under another name, when a profile is made anew.</source>
        <translation>Die Datei bleibt unter einem anderen Namen liegen, wenn ein neues Profil angelegt wird.</translation>
    </message>
</context>
<context>
    <name>dialogue::console::RawView</name>
    <message>
        <source>&amp;Indented</source>
        <translation>Eingerü&amp;ckt</translation>
    </message>
    <message>
        <source>Indented</source>
        <translation>Eingerückt</translation>
    </message>
    <message>
        <source>The event&apos;s data as text</source>
        <translation>Die Daten des Ereignisses als Text</translation>
    </message>
    <message>
        <source>Show all %1</source>
        <translation>Alles anzeigen: %1</translation>
    </message>
</context>
<context>
    <name>dialogue::console::RoomView</name>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>Participants</source>
        <translation>Teilnehmer</translation>
    </message>
    <message>
        <source>%1 of %2 at most</source>
        <translation>%1 von höchstens %2</translation>
    </message>
    <message>
        <source>Declared</source>
        <translation>Deklariert</translation>
    </message>
    <message>
        <source>in the configuration</source>
        <translation>in der Konfiguration</translation>
    </message>
    <message>
        <source>no: somebody created it</source>
        <translation>nein: von jemandem angelegt</translation>
    </message>
    <message>
        <source>Open to all</source>
        <translation>Offen für alle</translation>
    </message>
    <message>
        <source>Last offset</source>
        <translation>Letzter Offset</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>Epoche</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>Aufbewahrt</translation>
    </message>
    <message>
        <source>from offset %1 on</source>
        <translation>ab Offset %1</translation>
    </message>
    <message>
        <source>Slow readers</source>
        <translation>Langsame Leser</translation>
    </message>
    <message>
        <source>Dropped for them</source>
        <translation>Für sie verworfen</translation>
    </message>
    <message>
        <source>Replaced for them</source>
        <translation>Für sie ersetzt</translation>
    </message>
    <message>
        <source>Subscribed by default</source>
        <translation>Automatisch abonniert</translation>
    </message>
    <message>
        <source>Search participants</source>
        <translation>Teilnehmer suchen</translation>
    </message>
    <message>
        <source>Nobody is in this room</source>
        <translation>Niemand ist in diesem Raum</translation>
    </message>
    <message>
        <source>Room</source>
        <translation>Raum</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Schema</source>
        <translation>Schema</translation>
    </message>
    <message>
        <source>Events of the room</source>
        <translation>Ereignisse des Raums</translation>
    </message>
    <message>
        <source>Any data: this event has no schema</source>
        <translation>Beliebige Daten: Dieses Ereignis hat kein Schema</translation>
    </message>
    <message>
        <source>Schema of the event</source>
        <translation>Schema des Ereignisses</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message numerus="yes">
        <source>%n rooms are selected</source>
        <translation>
            <numerusform>%n Raum ist ausgewählt</numerusform>
            <numerusform>%n Räume sind ausgewählt</numerusform>
        </translation>
    </message>
    <message>
        <source>No room is selected</source>
        <translation>Kein Raum ausgewählt</translation>
    </message>
    <message>
        <source>Select one to see its events, its limits and who is in it.</source>
        <translation>Einen auswählen, um seine Ereignisse, seine Grenzen und seine Teilnehmer zu sehen.</translation>
    </message>
    <message>
        <source>This room is gone</source>
        <translation>Diesen Raum gibt es nicht mehr</translation>
    </message>
    <message>
        <source>Events (%1)</source>
        <translation>Ereignisse (%1)</translation>
    </message>
    <message>
        <source>Participants (%1)</source>
        <translation>Teilnehmer (%1)</translation>
    </message>
    <message>
        <source>not kept</source>
        <translation>nicht aufbewahrt</translation>
    </message>
    <message>
        <source>the last %1</source>
        <translation>die letzten %1</translation>
    </message>
    <message>
        <source>Can be recovered</source>
        <translation>Wiederherstellbar</translation>
    </message>
</context>
<context>
    <name>dialogue::console::RoomsPage</name>
    <message>
        <source>Search rooms</source>
        <translation>Räume suchen</translation>
    </message>
    <message>
        <source>There are no rooms</source>
        <translation>Es gibt keine Räume</translation>
    </message>
    <message>
        <source>Rooms stand in the server&apos;s configuration, or are created.</source>
        <translation>Räume stehen in der Konfiguration des Servers oder werden angelegt.</translation>
    </message>
    <message>
        <source>Rooms</source>
        <translation>Räume</translation>
    </message>
    <message>
        <source>Watch its events</source>
        <translation>Seine Ereignisse beobachten</translation>
    </message>
    <message>
        <source>Trigger an event…</source>
        <translation>Ereignis auslösen…</translation>
    </message>
    <message>
        <source>Broadcast…</source>
        <translation>Broadcast senden…</translation>
    </message>
    <message>
        <source>Create a room…</source>
        <translation>Raum anlegen…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Ändern…</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Löschen…</translation>
    </message>
    <message>
        <source>Copy the id</source>
        <translation>ID kopieren</translation>
    </message>
</context>
<context>
    <name>dialogue::console::SanctionsPage</name>
    <message>
        <source>Search bans and mutes</source>
        <translation>Sperren und Stummschaltungen durchsuchen</translation>
    </message>
    <message>
        <source>Nobody is banned or muted</source>
        <translation>Niemand ist gesperrt oder stumm</translation>
    </message>
    <message>
        <source>Under Clients, who is selected can be. A server that starts anew has none.</source>
        <translation>Unter „Clients“ lässt sich sperren und stummschalten, wer ausgewählt ist. Ein neu gestarteter Server hat keine.</translation>
    </message>
    <message>
        <source>No ban or mute has this text</source>
        <translation>Keine Sperre oder Stummschaltung enthält diesen Text</translation>
    </message>
    <message>
        <source>Lift…</source>
        <translation>Aufheben…</translation>
    </message>
    <message>
        <source>Bans and mutes</source>
        <translation>Sanktionen</translation>
    </message>
    <message>
        <source>Not connected: nothing can be lifted now.</source>
        <translation>Nicht verbunden: Zurzeit lässt sich nichts aufheben.</translation>
    </message>
    <message>
        <source>Lifting is for operators and owners; %1 comes in as %2.</source>
        <translation>Aufheben ist den Rollen operator und owner vorbehalten; %1 ist als %2 angemeldet.</translation>
    </message>
    <message>
        <source>Select what is to be lifted.</source>
        <translation>Auswählen, was aufgehoben werden soll.</translation>
    </message>
    <message>
        <source>Bans and mutes are lifted one after the other: select one kind.</source>
        <translation>Sperren und Stummschaltungen werden nacheinander aufgehoben: nur eine Art auswählen.</translation>
    </message>
    <message>
        <source>It ends before its time is over.</source>
        <translation>Sie endet, bevor ihre Zeit abgelaufen ist.</translation>
    </message>
    <message>
        <source>%1, everywhere</source>
        <translation>%1, überall</translation>
    </message>
    <message>
        <source>%1, in %2</source>
        <translation>%1, in %2</translation>
    </message>
</context>
<context>
    <name>dialogue::console::SchemaReader</name>
    <message>
        <source>Its rules contradict each other: nothing fits them all.</source>
        <translation>Die Regeln widersprechen einander: Nichts erfüllt alle.</translation>
    </message>
    <message>
        <source>Several choices have to be made of it at once.</source>
        <translation>Dafür müssten mehrere Auswahlen zugleich getroffen werden.</translation>
    </message>
    <message>
        <source>It refers to too many other schemas, or to itself.</source>
        <translation>Es verweist auf zu viele andere Schemas oder auf sich selbst.</translation>
    </message>
    <message>
        <source>Its schema allows nothing here.</source>
        <translation>Das Schema lässt hier nichts zu.</translation>
    </message>
    <message>
        <source>Its schema is none.</source>
        <translation>Das Schema ist keines.</translation>
    </message>
    <message>
        <source>It refers to %1, which is not in this schema.</source>
        <translation>Es verweist auf %1, was in diesem Schema nicht vorkommt.</translation>
    </message>
</context>
<context>
    <name>dialogue::console::ScopeBar</name>
    <message>
        <source>&amp;What they say</source>
        <translation>&amp;Inhalte</translation>
    </message>
    <message>
        <source>&amp;Unredacted</source>
        <translation>Ungesch&amp;wärzt</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stoppen</translation>
    </message>
    <message>
        <source>all rooms – or lobby, game-*</source>
        <translation>alle Räume – oder lobby, game-*</translation>
    </message>
    <message>
        <source>all events – or bid, chat-*</source>
        <translation>alle Ereignisse – oder bid, chat-*</translation>
    </message>
    <message>
        <source>all of them – or data.price &gt; 10 &amp;&amp; from ~ &quot;u-1*&quot;</source>
        <translation>alle – oder data.price &gt; 10 &amp;&amp; from ~ &quot;u-1*&quot;</translation>
    </message>
    <message>
        <source>Rooms to watch</source>
        <translation>Zu beobachtende Räume</translation>
    </message>
    <message>
        <source>Events to watch</source>
        <translation>Zu beobachtende Ereignisse</translation>
    </message>
    <message>
        <source>Filter at the server</source>
        <translation>Filter am Server</translation>
    </message>
    <message>
        <source>What is wrong with the filter</source>
        <translation>Was am Filter falsch ist</translation>
    </message>
    <message>
        <source>What the server has refused</source>
        <translation>Was der Server abgewiesen hat</translation>
    </message>
    <message>
        <source>R&amp;ooms:</source>
        <translation>&amp;Räume:</translation>
    </message>
    <message>
        <source>&amp;Events:</source>
        <translation>Ereig&amp;nisse:</translation>
    </message>
    <message>
        <source>&amp;Filter:</source>
        <translation>&amp;Filter:</translation>
    </message>
    <message>
        <source>This account lacks the permission “%1”</source>
        <translation>Diesem Konto fehlt die Berechtigung „%1“</translation>
    </message>
    <message>
        <source>The data and meta of each event. That somebody looks is written to the audit log.</source>
        <translation>Die Daten und Meta jedes Ereignisses. Dass jemand sie ansieht, steht danach im Audit-Log.</translation>
    </message>
    <message>
        <source>As it is, without what is redacted for others.</source>
        <translation>So, wie es ist, ohne die Schwärzungen für andere.</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Anwenden</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>That you read what these events say, unredacted, is written to the audit log.</source>
        <translation>Dass diese Inhalte ungeschwärzt gelesen werden, wird ins Audit-Log geschrieben.</translation>
    </message>
    <message>
        <source>That you read what these events say is written to the audit log.</source>
        <translation>Dass diese Inhalte gelesen werden, wird ins Audit-Log geschrieben.</translation>
    </message>
    <message>
        <source>A filter that asks for what events say is written to the audit log.</source>
        <translation>Ein Filter, der nach Inhalten fragt, wird ins Audit-Log geschrieben.</translation>
    </message>
    <message>
        <source>This filter asks for what events say, for which this account lacks the permission “seePayloads”.</source>
        <translation>Dieser Filter fragt nach Inhalten; dafür fehlt diesem Konto die Berechtigung „seePayloads“.</translation>
    </message>
</context>
<context>
    <name>dialogue::console::SearchBar</name>
    <message>
        <source>Find in what is shown</source>
        <translation>In den angezeigten Ereignissen suchen</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>Was gefunden wurde</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>Voriges</translation>
    </message>
    <message>
        <source>Previous (Shift+F3)</source>
        <translation>Voriges (Umschalt+F3)</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Nächstes</translation>
    </message>
    <message>
        <source>Next (F3)</source>
        <translation>Nächstes (F3)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Close the search</source>
        <translation>Suche schließen</translation>
    </message>
    <message>
        <source>F&amp;ind:</source>
        <translation>S&amp;uchen:</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>Sucht…</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Nichts gefunden</translation>
    </message>
    <message>
        <source>%1 found</source>
        <translation>%1 gefunden</translation>
    </message>
</context>
<context>
    <name>dialogue::console::SendPanel</name>
    <message>
        <source>e&amp;very</source>
        <translation>&amp;alle</translation>
    </message>
    <message>
        <source>&amp;Count again</source>
        <translation>Erneut &amp;zählen</translation>
    </message>
    <message>
        <source>St&amp;op</source>
        <translation>A&amp;nhalten</translation>
    </message>
    <message>
        <source>&amp;Send</source>
        <translation>&amp;Senden</translation>
    </message>
    <message>
        <source>For the audit log; may be empty</source>
        <translation>Für das Audit-Log; darf leer sein</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>How many times</source>
        <translation>Wie oft</translation>
    </message>
    <message>
        <source> ms</source>
        <translation> ms</translation>
    </message>
    <message>
        <source>Milliseconds from one to the next</source>
        <translation>Millisekunden von einem zum nächsten</translation>
    </message>
    <message>
        <source>How many were sent</source>
        <translation>Wie viele gesendet wurden</translation>
    </message>
    <message>
        <source>%v of %m sent</source>
        <translation>%v von %m gesendet</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Confirmation</source>
        <translation>Bestätigung</translation>
    </message>
    <message>
        <source>C&amp;lose</source>
        <translation>S&amp;chließen</translation>
    </message>
    <message>
        <source>&amp;Reason</source>
        <translation>&amp;Grund</translation>
    </message>
    <message>
        <source>&amp;Times</source>
        <translation>An&amp;zahl</translation>
    </message>
    <message>
        <source>⚠ This is a production server. T&amp;ype %1 to send:</source>
        <translation>⚠ Das ist ein Produktionsserver. Zum Senden %1 ein&amp;tippen:</translation>
    </message>
    <message>
        <source>&amp;Send anyway</source>
        <translation>Trotzdem &amp;senden</translation>
    </message>
</context>
<context>
    <name>dialogue::console::SentList</name>
    <message>
        <source>&amp;Use again</source>
        <translation>Erneut verwen&amp;den</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Room</source>
        <translation>Raum</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>Anzahl</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>What was sent</source>
        <translation>Was gesendet wurde</translation>
    </message>
</context>
<context>
    <name>dialogue::console::ServerView</name>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
</context>
<context>
    <name>dialogue::console::ShareDelegate</name>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
</context>
<context>
    <name>dialogue::console::TallyTable</name>
    <message>
        <source>Nothing in the last 15 minutes</source>
        <translation>Nichts in den letzten 15 Minuten</translation>
    </message>
</context>
<context>
    <name>dialogue::console::TemplateBar</name>
    <message>
        <source>S&amp;ave</source>
        <translation>S&amp;peichern</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>Vorlage</translation>
    </message>
    <message>
        <source>A name, to keep what is written below</source>
        <translation>Ein Name, um das Folgende aufzubewahren</translation>
    </message>
    <message>
        <source>Save as a template</source>
        <translation>Als Vorlage speichern</translation>
    </message>
    <message>
        <source>Delete the template</source>
        <translation>Die Vorlage löschen</translation>
    </message>
</context>
<context>
    <name>dialogue::console::TextEditor</name>
    <message>
        <source>Several lines</source>
        <translation>Mehrere Zeilen</translation>
    </message>
    <message>
        <source>%1: several lines</source>
        <translation>%1: mehrere Zeilen</translation>
    </message>
</context>
<context>
    <name>dialogue::console::TimeChart</name>
    <message>
        <source>not told by this server</source>
        <translation>von diesem Server nicht mitgeteilt</translation>
    </message>
</context>
<context>
    <name>dialogue::console::TimelineModel</name>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Room</source>
        <translation>Raum</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
</context>
<context>
    <name>dialogue::console::TimelineView</name>
    <message>
        <source>Trace: remember when each event is sent</source>
        <translation>Verfolgen: merken, wann jedes Ereignis gesendet wird</translation>
    </message>
    <message>
        <source>What became of the client</source>
        <translation>Was aus dem Client wurde</translation>
    </message>
    <message>
        <source>What is sent to this client takes a longer way meanwhile; it ends with this window.</source>
        <translation>Was an diesen Client gesendet wird, nimmt solange einen längeren Weg; es endet mit diesem Fenster.</translation>
    </message>
    <message>
        <source>Nothing is remembered of this client</source>
        <translation>Über diesen Client ist nichts bekannt</translation>
    </message>
    <message>
        <source>It came before anybody wanted to know, or left too long ago (admin.leavers).</source>
        <translation>Er kam, bevor es jemand wissen wollte, oder ging vor zu langer Zeit (admin.leavers).</translation>
    </message>
    <message>
        <source>Nothing is known yet</source>
        <translation>Noch ist nichts bekannt</translation>
    </message>
</context>
<context>
    <name>dialogue::console::ToneWords</name>
    <message>
        <source>Green</source>
        <translation>Grün</translation>
    </message>
    <message>
        <source>Amber</source>
        <translation>Gelb</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>Rot</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>Blau</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>Grau</translation>
    </message>
</context>
<context>
    <name>dialogue::console::TriggerDialog</name>
    <message>
        <source>Meta</source>
        <translation>Meta</translation>
    </message>
    <message>
        <source>Trigger an event in %1</source>
        <translation>Ereignis in %1 auslösen</translation>
    </message>
    <message>
        <source>&amp;Event</source>
        <translation>&amp;Ereignis</translation>
    </message>
    <message>
        <source>Tem&amp;plate</source>
        <translation>&amp;Vorlage</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>An object that goes with the event, beside its data; {} for none. The server adds by which account it was triggered.</source>
        <translation>Ein Objekt, das mit dem Ereignis geht, neben seinen Daten; {} für keines. Der Server fügt hinzu, von welchem Konto es ausgelöst wurde.</translation>
    </message>
    <message>
        <source>&amp;Meta</source>
        <translation>&amp;Meta</translation>
    </message>
    <message>
        <source>&amp;History</source>
        <translation>Ve&amp;rlauf</translation>
    </message>
    <message>
        <source>✕ The template was not kept: %1</source>
        <translation>✕ Die Vorlage wurde nicht gespeichert: %1</translation>
    </message>
    <message>
        <source>✕ There are no templates: %1</source>
        <translation>✕ Es gibt keine Vorlagen: %1</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Nicht verbunden</translation>
    </message>
    <message>
        <source>The room&apos;s events are asked for once there is a connection.</source>
        <translation>Die Ereignisse des Raums werden abgefragt, sobald eine Verbindung besteht.</translation>
    </message>
    <message>
        <source>Not permitted to this account</source>
        <translation>Diesem Konto nicht erlaubt</translation>
    </message>
    <message>
        <source>Triggering events takes the permission “act”, which operators and owners have. The account %1 has it not.</source>
        <translation>Das Auslösen von Ereignissen erfordert die Berechtigung „act“, die die Rollen operator und owner haben. Das Konto %1 hat sie nicht.</translation>
    </message>
    <message>
        <source>Asking for the room&apos;s events …</source>
        <translation>Die Ereignisse des Raums werden abgefragt …</translation>
    </message>
    <message>
        <source>The room&apos;s events are not known</source>
        <translation>Die Ereignisse des Raums sind unbekannt</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>No events</source>
        <translation>Keine Ereignisse</translation>
    </message>
    <message>
        <source>The room %1 declares no events, and carries none.</source>
        <translation>Der Raum %1 deklariert keine Ereignisse und überträgt keine.</translation>
    </message>
    <message>
        <source>⚠ This room has no event %1: choose one.</source>
        <translation>⚠ Dieser Raum hat kein Ereignis %1: eines auswählen.</translation>
    </message>
    <message>
        <source>Not connected; what is written stays.</source>
        <translation>Nicht verbunden; die Eingaben bleiben erhalten.</translation>
    </message>
    <message>
        <source>Choose an event.</source>
        <translation>Ein Ereignis auswählen.</translation>
    </message>
    <message>
        <source>What is written under JSON is none.</source>
        <translation>Der Text unter JSON ist kein JSON.</translation>
    </message>
    <message>
        <source>Meta must be an object.</source>
        <translation>Meta muss ein Objekt sein.</translation>
    </message>
    <message>
        <source>Counting whom it would reach …</source>
        <translation>Zählt, wen es erreichen würde …</translation>
    </message>
    <message>
        <source>Sending …</source>
        <translation>Sendet …</translation>
    </message>
</context>
<context>
    <name>dialogue::console::TriggerStore</name>
    <message>
        <source>is too large to be a file of templates</source>
        <translation>ist zu groß für eine Datei mit Vorlagen</translation>
    </message>
    <message>
        <source>is no file of templates</source>
        <translation>ist keine Datei mit Vorlagen</translation>
    </message>
    <message>
        <source>its folder cannot be made</source>
        <translation>ihr Ordner lässt sich nicht anlegen</translation>
    </message>
    <message>
        <source>The templates are too large together.</source>
        <translation>Die Vorlagen sind zusammen zu groß.</translation>
    </message>
    <message>
        <source>There are %1 templates, and no more.</source>
        <translation>Es gibt %1 Vorlagen; mehr gehen nicht.</translation>
    </message>
</context>
<context>
    <name>dialogue::console::UnitWords</name>
    <message>
        <source>min</source>
        <translation>min</translation>
    </message>
    <message>
        <source>h</source>
        <translation>h</translation>
    </message>
    <message>
        <source>d</source>
        <translation>d</translation>
    </message>
</context>
<context>
    <name>dialogue::console::VerdictCard</name>
    <message>
        <source>%1, by the client %2</source>
        <translation>%1, mit dem Client %2</translation>
    </message>
    <message>
        <source>What became of this client</source>
        <translation>Was aus diesem Client wurde</translation>
    </message>
</context>
<context>
    <name>dialogue::console::WhyDialog</name>
    <message>
        <source>%1 in %2, offset %3</source>
        <translation>%1 in %2, Offset %3</translation>
    </message>
    <message>
        <source>%1 in %2, without an offset</source>
        <translation>%1 in %2, ohne Offset</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>Fragen</translation>
    </message>
    <message>
        <source>Why did somebody not get this event?</source>
        <translation>Warum hat jemand dieses Ereignis nicht bekommen?</translation>
    </message>
    <message>
        <source>The user</source>
        <translation>Der Benutzer</translation>
    </message>
    <message>
        <source>The client</source>
        <translation>Der Client</translation>
    </message>
    <message>
        <source>What the name is of</source>
        <translation>Wessen Name das ist</translation>
    </message>
    <message>
        <source>Who did not get it</source>
        <translation>Wer es nicht bekommen hat</translation>
    </message>
    <message>
        <source>Whoever should have got it</source>
        <translation>Wer es hätte bekommen sollen</translation>
    </message>
    <message>
        <source>Verdicts</source>
        <translation>Urteile</translation>
    </message>
    <message>
        <source>Who did not get it?</source>
        <translation>Wer hat es nicht bekommen?</translation>
    </message>
    <message>
        <source>Name a user or a client: the server says what became of this event on the way there.</source>
        <translation>Nennen Sie einen Benutzer oder einen Client: Der Server sagt, was auf dem Weg dorthin aus diesem Ereignis wurde.</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>Der Server wird gefragt…</translation>
    </message>
    <message>
        <source>The server cannot say</source>
        <translation>Der Server kann es nicht sagen</translation>
    </message>
</context>
</TS>
