namespace Rheo.Measured;

/// <summary>How a comparison was made.</summary>
/// <param name="Seconds">How long each watcher was measured in each round.</param>
/// <param name="Rounds">How often.</param>
/// <param name="Flows">How many flows the packets belonged to, in turn.</param>
/// <param name="FrameBytes">The length of a frame.</param>
/// <param name="SenderCpu">The CPU that made the packets: the outside world.</param>
/// <param name="ReceiverCpu">The CPU that received and watched: the machine that is measured.</param>
/// <param name="SharedCore">True when both are threads of one core, so that the sender slows the receiver down.</param>
public sealed record ComparisonLayout(
    double Seconds, int Rounds, uint Flows, int FrameBytes, int SenderCpu, int ReceiverCpu, bool SharedCore);
