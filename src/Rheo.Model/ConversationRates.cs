namespace Rheo.Model;

/// <summary>Rates of a conversation over three windows.</summary>
/// <param name="OneSecond">Over the last second.</param>
/// <param name="TenSeconds">Over the last 10 seconds.</param>
/// <param name="OneMinute">Over the last 60 seconds.</param>
public readonly record struct ConversationRates(TrafficRate OneSecond, TrafficRate TenSeconds, TrafficRate OneMinute);
