/** Sentences reviews are put together from. `{item}` stands for the item in lower case. */

export const TITLES: readonly (readonly string[])[] = [
  ["Very disappointed", "Do not bother", "Waste of money", "Sent it straight back", "Awful"],
  ["Not great", "Expected better", "Below par", "Would not buy again", "Poor for the price"],
  ["It is all right", "Mixed feelings", "Average", "Does the job, just", "Neither good nor bad"],
  ["Really good", "Happy with this", "Good buy", "Nearly perfect", "Pleased"],
  ["Love it", "Excellent", "Could not be happier", "Perfect", "Best purchase this year"],
];

export const PRAISE: readonly string[] = [
  "The quality is excellent and it feels well made.",
  "I love this {item}, it is exactly what I wanted.",
  "Arrived quickly and beautifully packed.",
  "Great value for the money.",
  "It works perfectly and I use it every day.",
  "My family adore it.",
  "The colour is lovely, even nicer than in the pictures.",
  "I would happily recommend this {item} to anyone.",
  "Superb finish, no complaints at all.",
  "Comfortable, sturdy and easy to look after.",
  "A delightful gift, she was thrilled.",
  "Customer service was friendly and helpful.",
  "Bought a second one straight away.",
  "Better than the expensive one I had before.",
  "Simple to use and looks smart.",
  "Exactly as described, and it has lasted well.",
];

export const COMPLAINTS: readonly string[] = [
  "The quality is poor and it feels cheap.",
  "This {item} broke after a week.",
  "Delivery was slow and the box was damaged.",
  "Far too expensive for what it is.",
  "It stopped working almost at once.",
  "The size is wrong and nothing like the description.",
  "The colour is dull and not at all as pictured.",
  "I regret buying this {item}.",
  "Badly finished, with loose parts.",
  "Uncomfortable and hard to clean.",
  "A frustrating waste of time.",
  "Customer service ignored my messages.",
  "It arrived with a piece missing.",
  "I had to send it back and wait for the refund.",
  "The instructions are useless.",
  "It smelled strange and looked used.",
];

export const NEUTRAL: readonly string[] = [
  "I bought this {item} in the sale.",
  "It is a bit smaller than I thought.",
  "Delivery took about four days.",
  "It replaces an older one.",
  "I have had it for two weeks now.",
  "The packaging is mostly cardboard.",
  "It was a present for my brother.",
  "I am usually between sizes.",
];

export const TURNS: readonly string[] = ["That said,", "On the other hand,", "However,", "Then again,"];
