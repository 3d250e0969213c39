/** Saves a chart as a picture that can stand alone: title, subtitle and sentence above the drawing. */
import type { EChartsType } from "echarts/core";
import { font } from "../charts/drawing.ts";
import type { Tokens } from "../tokens.ts";
import { saveBlob } from "./save-blob.ts";

interface Words {
  readonly name: string;
  readonly title: string;
  readonly subtitle: string;
  readonly sentence: string;
  /** What it was made from, a line a fact. */
  readonly provenance: readonly string[];
}

function wrapped(context: CanvasRenderingContext2D, text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && context.measureText(longer).width > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return line === "" ? lines : [...lines, line];
}

export function savePng(chart: EChartsType, words: Words, tokens: Tokens): void {
  const scale = 2;
  const margin = 24;
  const source = chart.renderToCanvas({ pixelRatio: scale, backgroundColor: tokens.surface });
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d");
  if (!context) return;
  canvas.width = source.width + 2 * margin * scale;
  context.font = `${13 * scale}px ${font}`;
  const told = wrapped(context, words.sentence, source.width);
  const top = margin + 44 + told.length * 20 + 12;
  const foot = words.provenance.length * 15;
  canvas.height = source.height + (top + foot + margin) * scale;
  context.fillStyle = tokens.surface;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.scale(scale, scale);
  const write = (text: string, y: number, size: number, weight: number, color: string): void => {
    context.font = `${weight} ${size}px ${font}`;
    context.fillStyle = color;
    context.fillText(text, margin, y);
  };
  write(words.title, margin + 14, 16, 600, tokens.text);
  write(words.subtitle, margin + 34, 12, 400, tokens.muted);
  told.forEach((line, index) => {
    write(line, margin + 58 + index * 20, 13, 400, tokens.text);
  });
  context.drawImage(source, margin, top, source.width / scale, source.height / scale);
  words.provenance.forEach((line, index) => {
    write(line, top + source.height / scale + 18 + index * 15, 11, 400, tokens.muted);
  });
  canvas.toBlob((blob) => {
    if (blob) saveBlob(blob, `${words.name}.png`);
  });
}
